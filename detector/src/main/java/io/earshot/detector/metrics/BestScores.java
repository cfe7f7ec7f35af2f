package io.earshot.detector.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The highest of a segment's scores. Pure. */
final class BestScores {
  /**
   * One of them.
   *
   * @param index of the label
   */
  record Best(int index, float score) {}

  private BestScores() {}

  /** The highest first; of equal ones the label that comes first. */
  static List<Best> of(float[] scores, int most) {
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new Best(i, scores[i]))
        .sorted(Comparator.comparingDouble((Best best) -> -best.score))
        .limit(most)
        .toList();
  }
}
