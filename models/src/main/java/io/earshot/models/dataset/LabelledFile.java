package io.earshot.models.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * One sound file and what is known of it.
 *
 * <pre>{@code
 * for (LabelledFile file : dataset.files()) {
 *   learn(file.file(), file.labels(), file.fold());
 * }
 * }</pre>
 *
 * @param file where it lies; nobody has opened it yet
 * @param name its path below the data set's folder, with {@code /} on every system; unique
 * @param labels its classes, sorted; empty for background
 * @param fold 1 and up; 0 for unknown, which no file of a {@link Dataset} has
 * @param recording the same for clips that were cut from one recording
 */
public record LabelledFile(
    Path file, String name, List<String> labels, int fold, String recording) {

  /**
   * Copies the labels.
   *
   * @throws IllegalArgumentException if the fold is below 0
   */
  public LabelledFile {
    if (fold < 0) {
      throw new IllegalArgumentException(name + ": fold " + fold + " is below 0");
    }
    labels = List.copyOf(labels);
  }

  LabelledFile withFold(int newFold) {
    return new LabelledFile(file, name, labels, newFold, recording);
  }

  LabelledFile withLabels(List<String> newLabels) {
    return new LabelledFile(file, name, newLabels, fold, recording);
  }

  LabelledFile withRecording(String newRecording) {
    return new LabelledFile(file, name, labels, fold, newRecording);
  }

  boolean isBackground() {
    return labels.isEmpty();
  }

  /** The file's name without its folders. */
  String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
