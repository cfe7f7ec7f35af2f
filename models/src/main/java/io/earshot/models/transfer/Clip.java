package io.earshot.models.transfer;

import io.earshot.models.dataset.LabelledFile;
import java.util.List;

/**
 * A clip to learn from or to judge by.
 *
 * @param labels none for a negative
 * @param fold 1 and up
 * @param recording clips of one recording are never on both sides of a split
 */
record Clip(String name, List<String> labels, int fold, String recording, EmbeddedClip sound) {
  static Clip of(LabelledFile file, EmbeddedClip sound) {
    return new Clip(file.name(), file.labels(), file.fold(), file.recording(), sound);
  }

  Clip averaged() {
    return new Clip(name, labels, fold, recording, sound.averaged());
  }
}
