package io.earshot.detector.event;

import io.earshot.detector.segment.OriginHeaders;
import io.earshot.detector.segment.SegmentHeaders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.header.Headers;

/**
 * Tracks the records of {@code earshot.scores}: what is in one decides what the tracker is told.
 *
 * <pre>{@code
 * ScoreRecords records = new ScoreRecords(rules);
 * EventTracker.Tracked tracked = records.track(state, "door", record.headers(), record.value());
 * }</pre>
 *
 * <p>Belongs to one thread.
 */
public final class ScoreRecords {
  /** Of networks that end in a softmax. */
  private static final float ROUNDING = 1e-4f;

  private final EventRules rules;
  private final EventTracker tracker;
  private final float[] scores;
  private boolean scored;

  public ScoreRecords(EventRules rules) {
    this.rules = rules;
    this.tracker = new EventTracker(rules);
    this.scores = new float[rules.size()];
  }

  /**
   * What a record of this stream makes of its state.
   *
   * @param value the scores; null or empty in a record that has none
   * @throws IllegalArgumentException it is no such record, or of another model; says why
   */
  public EventTracker.Tracked track(
      TrackerState state, String stream, Headers headers, byte[] value) {
    scored = false;
    if (SegmentHeaders.isEnd(headers)) {
      Event.EndedBy reason =
          SegmentHeaders.isSilence(headers) ? Event.EndedBy.TIMEOUT : Event.EndedBy.END;
      return tracker.end(state, stream, SegmentHeaders.session(headers), reason);
    }
    OriginHeaders.checkHop(headers, rules.hopMillis());
    if (SegmentHeaders.isUnscored(headers)) {
      return tracker.passOver(state, stream, SegmentHeaders.read(headers));
    }
    read(headers, value);
    EventTracker.Tracked tracked =
        tracker.track(state, stream, SegmentHeaders.read(headers), scores);
    scored = !tracked.repeated();
    return tracked;
  }

  /** Whether the last record had scores that nobody had tracked before. */
  boolean hasScores() {
    return scored;
  }

  /** The last scores; overwritten by the next {@link #track}. */
  float[] scores() {
    return scores;
  }

  /** A stream that nobody has heard for long; it is about to be forgotten. */
  public EventTracker.Tracked timeOut(TrackerState state, String stream) {
    return tracker.end(state, stream, Event.EndedBy.TIMEOUT);
  }

  private void read(Headers headers, byte[] value) {
    String model = SegmentHeaders.text(headers, SegmentHeaders.MODEL);
    if (!model.equals(rules.model().header())) {
      throw new IllegalArgumentException(
          "scores of model %s, but this detector runs %s"
              .formatted(SegmentHeaders.printable(model), rules.model().header()));
    }
    int bytes = value == null ? 0 : value.length;
    if (bytes != scores.length * Float.BYTES) {
      throw new IllegalArgumentException(
          "scores have " + bytes + " bytes, not " + scores.length * Float.BYTES);
    }
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(scores);
    for (float score : scores) {
      if (!(score >= -ROUNDING && score <= 1 + ROUNDING)) {
        throw new IllegalArgumentException("scores hold " + score + ", allowed: 0 to 1");
      }
    }
  }
}
