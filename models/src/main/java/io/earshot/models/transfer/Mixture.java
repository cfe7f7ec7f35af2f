package io.earshot.models.transfer;

import java.util.List;

/**
 * Two clips at once.
 *
 * @param recordings of both: where one of them is held out, the mixture is not learnt from
 */
record Mixture(Clip clip, List<String> recordings) {
  Mixture averaged() {
    return new Mixture(clip.averaged(), recordings);
  }
}
