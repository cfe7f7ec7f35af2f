package io.earshot.detector.metrics;

import io.earshot.models.feature.Segment;

/**
 * What the stages report. Each method is called by the stage's own thread and returns at once; the
 * defaults do nothing, so that a test or a tool implements what it looks at.
 */
public interface PipelineMetrics {
  /** Reports nothing. */
  PipelineMetrics NONE = new PipelineMetrics() {};

  /** A frame was taken. */
  default void frame(String stream, int bytes) {}

  /** A frame was dropped: {@code duplicate}, {@code late} or {@code other_session}. */
  default void frameDropped(String stream, String reason) {}

  /** A stream's run was broken by a gap, a new session or a clock that was set. */
  default void gap(String stream) {}

  /**
   * A new run began because the stream's capture clock was set {@code forward} or {@code backward};
   * counted by {@link #gap}, too. Steps of up to 200 ms are none.
   */
  default void clockJumped(String stream, String kind) {}

  /** A stream sent nothing for the timeout and was finished. */
  default void streamTimedOut(String stream) {}

  /** A stream is over, by its own word or by its silence; it may come back. */
  default void streamEnded(String stream) {}

  /**
   * The segment stage has a stream no more, whose partition goes to another process, or to another
   * thread of this one that will report of it anew.
   */
  default void segmentsLeft(String stream) {}

  /** The event stage has a stream no more, likewise. */
  default void eventsLeft(String stream) {}

  /** A record could not be read and went to the dead letters. */
  default void deadLetter(String reason) {}

  /** A segment became a patch. */
  default void patch(String stream, Segment segment) {}

  /**
   * A batch is about to be scored.
   *
   * @param most patches that it could have had
   * @param waitedNanos since the first of them came into the ring
   */
  default void batchTaken(int patches, int most, long waitedNanos) {}

  /** A batch of {@code patches} was scored in {@code nanos}. */
  default void batch(int patches, long nanos) {}

  /** The network failed on a batch or on some of its patches, or the inference worker failed. */
  default void inferenceFailed() {}

  /** So many patches are in the ring and have not been taken. */
  default void queue(int patches) {}

  /** So many patches have been read and wait for a place in the ring. */
  default void backlog(int patches) {}

  /** A segment goes on without scores: {@code shed} in an overload, or {@code failed}. */
  default void unscored(String stream, String reason) {}

  /** A segment was seen twice by the event stage and dropped. */
  default void segmentDropped(String stream) {}

  /**
   * A segment has scores; the event stage has not seen it before.
   *
   * @param startMillis where the segment begins, by the capture clock
   * @param scores of the model's labels, in their order; the array is the caller's again afterwards
   */
  default void scores(String stream, long startMillis, float[] scores) {}

  /** The noise floor of a stream, dBFS, with a segment's sound. */
  default void noiseFloor(String stream, double dbfs) {}

  /** So many events of a stream are open. */
  default void openEvents(String stream, int events) {}

  /** An event was published; {@code state} is open, update or closed. */
  default void event(String stream, String label, String state) {}

  /** An event is over; {@code confidence} is its highest score. */
  default void eventClosed(String label, double confidence) {}

  /**
   * An event was handed to Kafka so long after the last sample of the segment that it came of was
   * captured, by the capture clock.
   */
  default void eventLatency(long millis) {}

  /**
   * Something was heard and became no event: {@code below_onset}, {@code below_n_of_m}, {@code
   * too_short}, {@code cooldown}, {@code denied}, {@code not_allowed} or {@code quiet_hours}.
   */
  default void candidate(String stream, String reason) {}

  /**
   * An alert of a subscription was {@code delivered}, {@code retried} (for each attempt that failed
   * and was not the last), went to {@code dead_letter}, or was {@code suppressed} by the rate
   * limit; or a record was none, {@code no_event}.
   */
  default void alert(String subscription, String outcome) {}
}
