package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.util.function.Predicate;

/** Where a session's events go. Called by one thread. */
interface EventSink {
  void event(Event event);

  /**
   * Called after each round of events.
   *
   * @param over tells of a stream whether it has no more events
   */
  default void round(Predicate<String> over) {}

  /** Whether nobody takes events any more: the reader of a pipe has gone. */
  boolean isClosed();
}
