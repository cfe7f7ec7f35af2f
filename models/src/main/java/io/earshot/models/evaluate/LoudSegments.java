package io.earshot.models.evaluate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The segments within 20 dB of a clip's loudest: where its labels are heard, for all that anybody
 * has said.
 *
 * <pre>{@code
 * List<float[]> heard = LoudSegments.of(scores, levels);
 * }</pre>
 */
public final class LoudSegments {
  private static final double DECIBELS = 20;

  private LoudSegments() {}

  /**
   * Chooses them, in their order.
   *
   * @param segments whatever is known of each; at least one
   * @param levels dBFS of each
   */
  public static <T> List<T> of(List<T> segments, List<Double> levels) {
    double least = levels.stream().mapToDouble(level -> level).max().orElseThrow() - DECIBELS;
    return IntStream.range(0, segments.size())
        .filter(i -> levels.get(i) >= least)
        .mapToObj(segments::get)
        .toList();
  }
}
