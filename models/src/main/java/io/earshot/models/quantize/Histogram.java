package io.earshot.models.quantize;

import java.nio.FloatBuffer;

/**
 * How often which values occur in a tensor. Zeros are left out: every range has them, and behind a
 * ReLU they would outweigh all else.
 *
 * <pre>{@code
 * Histogram seen = new Histogram();
 * seen.add(values);
 * Range range = Ranges.percentile(99.99).of(seen);
 * }</pre>
 *
 * <p>Bins are as wide as a power of two and begin at a multiple of it; where a value finds no bin,
 * all become twice as wide. So one pass is enough, and the order of values does not matter.
 */
final class Histogram {
  /** Bins on each side of zero; 1024 at least are in use on the longer side. */
  static final int HALF = 2048;

  private static final double FIRST_WIDTH = 0x1p-40;

  private long[] counts = new long[2 * HALF];
  private double width = FIRST_WIDTH;
  private float limit = (float) (HALF * FIRST_WIDTH);
  private float min;
  private float max;
  private long total;

  /**
   * Counts all values from the buffer's position to its limit.
   *
   * @throws ArithmeticException one of them is no number or infinite
   */
  void add(FloatBuffer values) {
    for (int i = values.position(); i < values.limit(); i++) {
      float value = values.get(i);
      if (value != 0) {
        add(value);
      }
    }
  }

  private void add(float value) {
    if (!(Math.abs(value) < limit)) {
      grow(value);
    }
    counts[(int) Math.floor(value / width) + HALF]++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    total++;
  }

  private void grow(float value) {
    if (!Float.isFinite(value)) {
      throw new ArithmeticException("computes " + value);
    }
    while (Math.abs(value) >= limit) {
      long[] wider = new long[2 * HALF];
      for (int i = 0; i < counts.length; i++) {
        wider[Math.floorDiv(i - HALF, 2) + HALF] += counts[i];
      }
      counts = wider;
      width *= 2;
      limit *= 2;
    }
  }

  /** The least value, or 0 if none is below. */
  float min() {
    return min;
  }

  /** The greatest value, or 0 if none is above. */
  float max() {
    return max;
  }

  /** How many values there were, without zeros. */
  long total() {
    return total;
  }

  double width() {
    return width;
  }

  /** Values in the bin from {@code index * width} on; the index may be negative. */
  long count(int index) {
    return counts[index + HALF];
  }
}
