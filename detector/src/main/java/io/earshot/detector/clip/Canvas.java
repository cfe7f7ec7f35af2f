package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The samples of a clip while they are put together: what comes first stays. Not thread-safe. */
final class Canvas {
  /** By so much two clocks may disagree on where a lost frame belongs. */
  private static final int TOLERANCE_SAMPLES = 10 * Span.SAMPLES_PER_MILLI;

  private final Span span;
  private final short[] samples;
  private final BitSet heard;

  Canvas(Span span) {
    this.span = span;
    samples = new short[span.samples()];
    heard = new BitSet(samples.length);
  }

  /** The sample captured at that time; it need not be on the canvas. */
  long sampleAt(long millis) {
    return (millis - span.startMillis()) * Span.SAMPLES_PER_MILLI;
  }

  /** Puts a frame there, as far as it is on the canvas and nothing has been put there before. */
  void fill(long at, Frame frame) {
    int from = clamp(at);
    int to = clamp(at + frame.samples());
    if (from == to) {
      return;
    }
    float[] sound = new float[frame.samples()];
    frame.decode(sound, 0);
    for (int i = heard.nextClearBit(from); i < to; i = heard.nextClearBit(i + 1)) {
      samples[i] = pcm16(sound[(int) (i - at)]);
      heard.set(i);
    }
  }

  /** Puts a frame where it was captured, if nearly all of its place is free. */
  void fillGap(Frame frame) {
    long at = sampleAt(frame.captureMillis());
    int from = clamp(at);
    int to = clamp(at + frame.samples());
    if (heard.get(from, to).cardinality() <= TOLERANCE_SAMPLES) {
      fill(at, frame);
    }
  }

  /** What is on it, from the first millisecond heard to the last; null if that is nothing. */
  Clip clip() {
    int first = -Math.floorDiv(-Math.max(0, heard.nextSetBit(0)), Span.SAMPLES_PER_MILLI);
    int from = first * Span.SAMPLES_PER_MILLI;
    int to = heard.length();
    return to <= from
        ? null
        : new Clip(
            span.startMillis() + first,
            Arrays.copyOfRange(samples, from, to),
            gaps(from, to),
            span);
  }

  private List<Gap> gaps(int from, int to) {
    List<Gap> gaps = new ArrayList<>();
    for (int at = heard.nextClearBit(from); at < to; ) {
      int end = heard.nextSetBit(at);
      gaps.add(new Gap(at - from, end - from));
      at = heard.nextClearBit(end);
    }
    return gaps;
  }

  private int clamp(long sample) {
    return (int) Math.max(0, Math.min(samples.length, sample));
  }

  /** What 16-bit frames hold comes out bit for bit. */
  private static short pcm16(float sample) {
    int scaled = Math.round(sample * 32768);
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, scaled));
  }
}
