package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;
import java.util.Locale;

/**
 * Samples of a clip that nobody heard, and that are silent in it.
 *
 * @param from the first of them
 * @param to the one after the last
 */
public record Gap(int from, int to) {
  /** From the clip's beginning. */
  public double startSeconds() {
    return from / (double) Frame.RATE;
  }

  public double seconds() {
    return (to - from) / (double) Frame.RATE;
  }

  /** {@code gap 0.30 s at 1.24 s}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "gap %.2f s at %.2f s", seconds(), startSeconds());
  }
}
