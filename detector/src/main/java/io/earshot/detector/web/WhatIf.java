package io.earshot.detector.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.event.Event;
import java.time.Duration;
import java.util.List;

/** Decides the past anew by another threshold. Any thread, one at a time. */
public interface WhatIf {
  /**
   * What if a label's thresholds were others.
   *
   * @param offset null for the one it has, or the onset if that is lower
   * @param stream null for all
   * @param past how much of it
   */
  record Question(String label, double onset, Double offset, String stream, Duration past) {}

  /**
   * The difference, for the label's events that begin in that time.
   *
   * @param from RFC 3339
   * @param before how many events the detector's thresholds make of the scores that are kept
   * @param after how many the others make
   * @param appear of {@code after} those that are new
   * @param vanish of {@code before} those that are lost
   * @param change those that are both, but begin, end or score otherwise
   * @param complete false if one of the lists was too long, and has its latest alone
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Answer(
      String from,
      String to,
      String label,
      double onset,
      double offset,
      int before,
      int after,
      List<Event> appear,
      List<Event> vanish,
      List<Pair> change,
      boolean complete) {}

  /** An event by both. */
  record Pair(Event before, Event after) {}

  /** There is no answer; the message says why. */
  final class NoAnswer extends Exception {
    private final boolean asked;

    private NoAnswer(String message, boolean asked, Throwable cause) {
      super(message, cause);
      this.asked = asked;
    }

    /** The question is wrong. */
    public static NoAnswer wrongly(String message) {
      return new NoAnswer(message, true, null);
    }

    /** The question is fine, but it cannot be answered now. */
    public static NoAnswer now(String message, Throwable cause) {
      return new NoAnswer(message, false, cause);
    }

    int status() {
      return asked ? 400 : 503;
    }
  }

  /**
   * Answers it.
   *
   * @throws NoAnswer if there is none
   */
  Answer ask(Question question) throws NoAnswer;
}
