package io.earshot.models.train;

import io.earshot.models.pack.ModelPackage;
import java.util.List;
import java.util.Optional;

/**
 * What a backbone is to be trained on.
 *
 * @param name of the package
 * @param version of the package
 * @param recordings clips of real recordings; accuracy is measured on their classes
 * @param others clips of the other classes, {@link MadeClips#BACKGROUND} among them
 * @param teacher a package whose scores are foretold beside the labels
 * @param about for the card: where the clips come from, in Markdown
 * @param command for the card: how to repeat it
 */
public record BackboneRequest(
    String name,
    String version,
    List<TrainingClip> recordings,
    List<TrainingClip> others,
    Optional<ModelPackage> teacher,
    TrainingSettings settings,
    String about,
    String command) {

  public BackboneRequest {
    recordings = List.copyOf(recordings);
    others = List.copyOf(others);
    if (folds(recordings).size() < 2) {
      throw new IllegalArgumentException("the clips need two folds or more, to judge by");
    }
    for (String label : labels(recordings)) {
      for (int fold : folds(recordings)) {
        if (recordings.stream().noneMatch(c -> c.label().equals(label) && c.fold() != fold)) {
          throw new IllegalArgumentException(label + ": all its clips are in fold " + fold);
        }
      }
    }
  }

  List<Integer> folds() {
    return folds(recordings);
  }

  /** Classes of the recordings. */
  int ranked() {
    return labels(recordings).size();
  }

  private static List<Integer> folds(List<TrainingClip> clips) {
    return clips.stream().map(TrainingClip::fold).distinct().sorted().toList();
  }

  private static List<String> labels(List<TrainingClip> clips) {
    return clips.stream().map(TrainingClip::label).distinct().toList();
  }
}
