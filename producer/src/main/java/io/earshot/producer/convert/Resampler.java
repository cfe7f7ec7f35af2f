package io.earshot.producer.convert;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * One channel at any rate to 16 kHz, piece by piece.
 *
 * <pre>
 * Resampler resampler = new Resampler(44_100);
 * float[] out = new float[resampler.maxOutput(count)];
 * int n = resampler.resample(in, count, out); // and at the end: n = resampler.finish(out)
 * </pre>
 *
 * <p>Output sample {@code n} lies at time {@code n / 16000}, without delay; before and after the
 * sound there is silence. {@code ceil(input * 16000 / rate)} samples come out. Any split of the
 * input gives the same output bit for bit, and 16 kHz passes unchanged. One thread.
 */
public final class Resampler {
  public static final int OUTPUT_RATE = 16_000;

  private final int phases;
  private final int step;
  private final PolyphaseFilter filter;

  /** The input from {@code windowStart} on: {@code filled} samples. */
  private double[] window;

  private int filled;
  private long windowStart;

  /** Position of the next output sample: input sample {@code next} and {@code phase / phases}. */
  private long next;

  private int phase;
  private long received;

  /**
   * Designs the filter for that rate.
   *
   * @param inputRate in Hz, above 0
   */
  public Resampler(int inputRate) {
    if (inputRate <= 0) {
      throw new IllegalArgumentException("input rate must be above 0 Hz: " + inputRate);
    }
    int divisor =
        BigInteger.valueOf(inputRate).gcd(BigInteger.valueOf(OUTPUT_RATE)).intValueExact();
    this.phases = OUTPUT_RATE / divisor;
    this.step = inputRate / divisor;
    this.filter = inputRate == OUTPUT_RATE ? null : PolyphaseFilter.of(inputRate, phases);
    this.window = new double[filter == null ? 0 : 2 * filter.taps()];
    // Silence before the sound, so that the first output sample has its filter's left half.
    this.filled = filter == null ? 0 : filter.taps() / 2 - 1;
    this.windowStart = -filled;
  }

  /** Room that {@code out} needs for {@code count} input samples, or for {@link #finish}. */
  public int maxOutput(int count) {
    int delay = filter == null ? 0 : filter.taps();
    return (int) (((long) count + delay) * phases / step) + 2;
  }

  /**
   * Takes {@code count} samples of {@code in}, which may be overwritten afterwards.
   *
   * @return how many samples are in {@code out} now
   */
  public int resample(float[] in, int count, float[] out) {
    received += count;
    if (filter == null) {
      System.arraycopy(in, 0, out, 0, count);
      return count;
    }
    append(in, count);
    return drain(out, Long.MAX_VALUE);
  }

  /** What is left at the end of the sound; nothing may follow. */
  public int finish(float[] out) {
    if (filter == null) {
      return 0;
    }
    append(new float[filter.taps()], filter.taps());
    return drain(out, received);
  }

  private int drain(float[] out, long end) {
    int before = filter.taps() / 2 - 1;
    int count = 0;
    while (next < end && next - before + filter.taps() <= windowStart + filled) {
      out[count++] = filter.apply(window, (int) (next - before - windowStart), phase);
      long position = (long) phase + step;
      next += position / phases;
      phase = (int) (position % phases);
    }
    return count;
  }

  private void append(float[] in, int count) {
    // A high input rate steps over samples: the next window may begin after all that is here.
    long unused = next - (filter.taps() / 2 - 1) - windowStart;
    int used = (int) Math.min(filled, unused);
    System.arraycopy(window, used, window, 0, filled - used);
    filled -= used;
    windowStart += used;
    if (filled + count > window.length) {
      window = Arrays.copyOf(window, filled + count);
    }
    for (int i = 0; i < count; i++) {
      window[filled + i] = in[i];
    }
    filled += count;
  }
}
