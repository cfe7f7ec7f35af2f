package io.earshot.producer.source;

import java.util.Arrays;

/** Decoded samples on their way to the reader: a decoder fills in blocks of its own size. */
final class PendingSamples {
  private float[] samples = new float[1 << 13];
  private int start;
  private int end;

  boolean isEmpty() {
    return start == end;
  }

  int size() {
    return end - start;
  }

  void add(float sample) {
    reserve(1);
    samples[end++] = sample;
  }

  /** Makes room for {@code count} more samples at the end, all 0; where they begin in array(). */
  int extend(int count) {
    reserve(count);
    Arrays.fill(samples, end, end + count, 0);
    end += count;
    return end - count;
  }

  /** Silence ahead of all that is here. */
  void prependSilence(int count) {
    int size = size();
    extend(count);
    System.arraycopy(samples, start, samples, start + count, size);
    Arrays.fill(samples, start, start + count, 0);
  }

  float[] array() {
    return samples;
  }

  void dropFirst(int count) {
    start += count;
  }

  void dropLast(int count) {
    end -= count;
  }

  /** Moves as many whole frames as fit. */
  int moveTo(float[] out, int channels) {
    int count = Math.min(size(), out.length / channels * channels);
    System.arraycopy(samples, start, out, 0, count);
    start += count;
    return count;
  }

  private void reserve(int count) {
    if (isEmpty()) {
      start = 0;
      end = 0;
    }
    if (end + count > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(end + count, 2 * samples.length));
    }
  }
}
