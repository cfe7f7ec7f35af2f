package io.earshot.models.evaluate;

import java.util.List;

/**
 * A clip, what is heard in it, and what a model that had not learnt from it made of it.
 *
 * <pre>{@code
 * JudgedClip clip = new JudgedClip("dog/a.wav", List.of("dog"), 1, 5.0, scores, levels);
 * float first = clip.scores().get(0)[index]; // of the first segment
 * }</pre>
 *
 * @param name as in messages: the file's path below its data set's folder
 * @param labels what is heard in it; only the background's label, or none, for a clip with none of
 *     the classes
 * @param fold the fold that the model had not learnt from; 0 where there are no folds
 * @param seconds how long the clip is
 * @param scores one array per segment, one value per class of the model, 0 to 1; at least one
 *     segment
 * @param levels dBFS of each segment
 */
public record JudgedClip(
    String name,
    List<String> labels,
    int fold,
    double seconds,
    List<float[]> scores,
    List<Double> levels) {
  public JudgedClip {
    if (scores.isEmpty() || scores.size() != levels.size()) {
      throw new IllegalArgumentException(
          "%s: %d scores, %d levels".formatted(name, scores.size(), levels.size()));
    }
    labels = List.copyOf(labels);
    scores = List.copyOf(scores);
    levels = List.copyOf(levels);
  }

  /** The scores of the segments within 20 dB of the loudest: where its labels are heard. */
  public List<float[]> loudScores() {
    return LoudSegments.of(scores, levels);
  }

  /** Mean score of each class over the segments. */
  public double[] mean() {
    double[] mean = new double[scores.get(0).length];
    for (float[] segment : scores) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += segment[i] / (double) scores.size();
      }
    }
    return mean;
  }

  /** The highest score of a class in any segment. */
  public double max(int index) {
    return scores.stream().mapToDouble(segment -> segment[index]).max().orElseThrow();
  }
}
