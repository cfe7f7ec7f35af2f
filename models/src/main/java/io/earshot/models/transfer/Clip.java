package io.earshot.models.transfer;

import io.earshot.models.dataset.LabelledFile;
import java.io.IOException;
import java.util.List;

/**
 * A clip to learn from or to judge by.
 *
 * @param labels none for a negative
 * @param fold 1 and up
 * @param recording clips of one recording are never on both sides of a split
 * @param digest of what it was made or read from
 * @param source of its samples
 */
record Clip(
    String name,
    List<String> labels,
    int fold,
    String recording,
    String digest,
    Source source,
    EmbeddedClip sound) {

  /** Gives the samples once more: they are not kept. */
  interface Source {
    float[] samples() throws IOException;
  }

  /** The same sound with the labels and the fold that the data set gives it now. */
  Clip placed(LabelledFile listed) {
    return new Clip(
        listed.name(), listed.labels(), listed.fold(), listed.recording(), digest, source, sound);
  }

  Clip inFold(int newFold) {
    return new Clip(name, labels, newFold, recording, digest, source, sound);
  }

  Clip averaged() {
    return new Clip(name, labels, fold, recording, digest, source, sound.averaged());
  }
}
