package io.earshot.models.transfer;

import io.earshot.models.dataset.LabelledFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A clip to learn from or to judge by.
 *
 * @param labels none for a negative
 * @param fold 1 and up
 * @param recording clips of one recording are never on both sides of a split
 * @param file where its samples are; none if it is made
 * @param digest of what it was made or read from
 */
record Clip(
    String name,
    List<String> labels,
    int fold,
    String recording,
    Optional<Path> file,
    String digest,
    EmbeddedClip sound) {

  /** The same sound as the data set has it. */
  Clip as(LabelledFile listed) {
    return new Clip(
        listed.name(), listed.labels(), listed.fold(), listed.recording(), file, digest, sound);
  }

  Clip with(List<String> newLabels) {
    return new Clip(name, newLabels, fold, recording, file, digest, sound);
  }

  Clip averaged() {
    return new Clip(name, labels, fold, recording, file, digest, sound.averaged());
  }
}
