package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.detector.web.WhatIf.NoAnswer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decides the same scores twice, as long as there is room for the events. Belongs to one thread.
 *
 * <p>An onset in the midst of a label's noise makes an event of every fourth segment.
 */
final class ReplayPair {
  /**
   * Of both together. An event takes 900 bytes: these are 90 MB, and a day of one stream has no
   * more at a hop of 960 ms.
   */
  static final int MOST_EVENTS = 100_000;

  private final ScoreReplay before;
  private final ScoreReplay after;
  private final int most;

  ReplayPair(ScoreReplay before, ScoreReplay after, int most) {
    this.before = before;
    this.after = after;
    this.most = most;
  }

  /** When it is full, nothing happens. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    if (!isFull()) {
      before.add(record);
      after.add(record);
    }
  }

  /** What is decided is not all of it. */
  boolean isFull() {
    return before.events() + after.events() > most;
  }

  List<Event> before() throws NoAnswer {
    return events(before);
  }

  List<Event> after() throws NoAnswer {
    return events(after);
  }

  private List<Event> events(ScoreReplay replay) throws NoAnswer {
    if (isFull()) {
      throw NoAnswer.wrongly(
          "minutes must be fewer, or for one stream: by the thresholds as they are and by these there are more than %d events"
              .formatted(most));
    }
    return replay.result().events().all();
  }
}
