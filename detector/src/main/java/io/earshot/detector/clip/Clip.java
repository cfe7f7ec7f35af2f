package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;
import java.util.List;

/**
 * A piece of a stream's sound: mono, 16 kHz, as much of what was asked for as there is.
 *
 * @param startMillis when its first sample was captured
 * @param samples silent where nothing was heard; nobody writes to them
 * @param gaps where that is, in order; none at its beginning or end
 * @param wanted what was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // large, never compared, and nobody writes to them
public record Clip(long startMillis, short[] samples, List<Gap> gaps, Span wanted) {
  public static final int RATE = Frame.RATE;

  public Clip {
    gaps = List.copyOf(gaps);
  }

  public double seconds() {
    return samples.length / (double) RATE;
  }

  public long endMillis() {
    return startMillis + samples.length / Span.SAMPLES_PER_MILLI;
  }

  /** Seconds from its beginning to a capture time. */
  public double secondsTo(long millis) {
    return (millis - startMillis) / 1000.0;
  }

  /** Whether it goes to the end of what was asked for: no later one will have more. */
  public boolean isWhole() {
    return endMillis() >= wanted.endMillis();
  }

  /** Whether more belongs to the event than a clip may have. */
  public boolean isCut() {
    return wanted.cut() && isWhole();
  }
}
