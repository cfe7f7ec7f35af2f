package io.earshot.models.train;

import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a backbone is to be trained on.
 *
 * @param name of the package
 * @param version of the package
 * @param licence SPDX identifier of the weights' licence
 * @param recordings clips of real recordings; accuracy is measured on their classes
 * @param others clips of the other classes, {@link MadeClips#BACKGROUND} among them
 * @param teacher a package whose scores are foretold beside the labels
 * @param foldsOut folder that keeps the network of each fold left out
 * @param about for the card: where the clips come from, in Markdown
 * @param command for the card: how to repeat it
 */
public record BackboneRequest(
    String name,
    String version,
    String licence,
    List<TrainingClip> recordings,
    List<TrainingClip> others,
    Optional<ModelPackage> teacher,
    Optional<Path> foldsOut,
    TrainingSettings settings,
    String about,
    String command) {

  public BackboneRequest {
    recordings = List.copyOf(recordings);
    others = List.copyOf(others);
    if (!Manifest.isName(name)) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is not a package name: lower case letters, digits, . _ -");
    }
    if (folds(recordings).size() < 2) {
      throw new IllegalArgumentException("the clips need two folds or more, to judge by");
    }
    checkFolds(
        Stream.concat(recordings.stream(), others.stream()).filter(c -> c.fold() > 0).toList());
  }

  /** The folds of the recordings, in order. */
  List<Integer> folds() {
    return folds(recordings);
  }

  /** Classes of the recordings. */
  int ranked() {
    return labels(recordings).size();
  }

  /** Without clips in two folds there is nothing to learn from, or nothing to judge by. */
  private static void checkFolds(List<TrainingClip> clips) {
    for (String label : labels(clips)) {
      List<TrainingClip> own = clips.stream().filter(c -> c.label().equals(label)).toList();
      if (label.isBlank()) {
        throw new IllegalArgumentException("a class has no name");
      }
      if (folds(own).size() < 2) {
        throw new IllegalArgumentException(
            label + ": all its clips are in fold " + own.get(0).fold());
      }
    }
  }

  private static List<Integer> folds(List<TrainingClip> clips) {
    return clips.stream().map(TrainingClip::fold).distinct().sorted().toList();
  }

  private static List<String> labels(List<TrainingClip> clips) {
    return clips.stream().map(TrainingClip::label).distinct().toList();
  }
}
