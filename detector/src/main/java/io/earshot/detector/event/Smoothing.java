package io.earshot.detector.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a label's scores are smoothed over the segments of a run. Before its first one all scores
 * were 0, and scores below 0.01 are forgotten as if they were, so that a label that nobody hears
 * needs no memory.
 *
 * @param segments that the median is taken of; of an exponential mean, whose newest score has the
 *     weight 2 / (segments + 1), those that have most of its weight
 */
public record Smoothing(Kind kind, int segments) {
  /** What is published as {@code smoothing}. */
  public enum Kind {
    NONE,
    MEDIAN,
    EXPONENTIAL
  }

  public static final Smoothing NONE = new Smoothing(Kind.NONE, 1);

  /** A score that is remembered. */
  static final float AUDIBLE = 0.01f;

  public Smoothing {
    if (kind == Kind.MEDIAN && segments % 2 == 0) {
      throw new IllegalArgumentException("a median needs an odd number of segments: " + segments);
    }
  }

  /**
   * The smoothed score.
   *
   * @param before what {@link #remember} gave for the segment before; empty at first
   */
  float smooth(List<Float> before, float score) {
    return switch (kind) {
      case NONE -> score;
      case MEDIAN -> median(before, score);
      case EXPONENTIAL -> {
        float last = before.isEmpty() ? 0 : before.get(0);
        yield last + 2f / (segments + 1) * (score - last);
      }
    };
  }

  /** What the next segment needs to know. */
  List<Float> remember(List<Float> before, float score, float smoothed) {
    return switch (kind) {
      case NONE -> List.of();
      case MEDIAN -> audible(latest(before, score));
      case EXPONENTIAL -> audible(List.of(smoothed));
    };
  }

  /** How far a smoothed score lags behind, in segments. */
  int lag() {
    return (segments - 1) / 2;
  }

  private float median(List<Float> before, float score) {
    List<Float> window = new ArrayList<>(before);
    window.add(score);
    while (window.size() < segments) {
      window.add(0f);
    }
    Collections.sort(window);
    return window.get(segments / 2);
  }

  private List<Float> latest(List<Float> before, float score) {
    List<Float> latest = new ArrayList<>(before);
    latest.add(score);
    return latest.subList(Math.max(0, latest.size() - segments + 1), latest.size());
  }

  private static List<Float> audible(List<Float> scores) {
    boolean any = scores.stream().anyMatch(score -> score >= AUDIBLE);
    return any ? List.copyOf(scores) : List.of();
  }

  /** As people read it: {@code none} or {@code median of 3}. */
  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "none";
      case MEDIAN -> "median of " + segments;
      case EXPONENTIAL -> "exponential over " + segments;
    };
  }
}
