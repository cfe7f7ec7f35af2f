package io.earshot.models.quantize;

import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.Quantised;
import java.util.List;
import java.util.Map;

/**
 * How often two networks are right about the same clips: a clip is what has the highest mean score
 * over its patches, among the labels that the clips have.
 */
final class LabelAccuracy {
  private static final int LEAST_LABELS = 2;

  private final Map<String, String> names;
  private final List<String> labels;
  private final int[] indices;
  private int clips;
  private int before;
  private int after;

  /**
   * @param names what the package calls each label of the clips that it has
   */
  LabelAccuracy(ModelPackage model, Map<String, String> names) {
    this.names = Map.copyOf(names);
    this.labels = names.values().stream().distinct().sorted().toList();
    this.indices = labels.stream().mapToInt(model.labels()::indexOf).toArray();
  }

  /** Whether it can be told from this clip. */
  boolean judges(LabelledFile clip) {
    return labels.size() >= LEAST_LABELS
        && clip.labels().size() == 1
        && names.containsKey(clip.labels().get(0));
  }

  /** Adds a clip that is judged, by both networks' scores of its patches. */
  void add(LabelledFile clip, List<float[]> scoresBefore, List<float[]> scoresAfter) {
    String label = names.get(clip.labels().get(0));
    clips++;
    before += label.equals(heard(scoresBefore)) ? 1 : 0;
    after += label.equals(heard(scoresAfter)) ? 1 : 0;
  }

  private String heard(List<float[]> scores) {
    float[] sums = new float[indices.length];
    for (float[] patch : scores) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += patch[indices[i]];
      }
    }
    return labels.get(ScoreDifference.top(sums));
  }

  /** Null if no clip was judged. */
  Quantised.Accuracies result() {
    return clips == 0
        ? null
        : new Quantised.Accuracies(
            (double) before / clips,
            (double) after / clips,
            "%d clips of %d labels".formatted(clips, labels.size()));
  }
}
