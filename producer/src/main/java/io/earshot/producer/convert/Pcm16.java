package io.earshot.producer.convert;

/**
 * Floats to signed 16-bit little-endian: rounded to the nearest, clipped at full scale. A sample
 * that is not a number becomes 0. One thread.
 */
public final class Pcm16 {
  private long clipped;

  /** Writes {@code count} samples of {@code in} as {@code 2 * count} bytes from {@code at} on. */
  public void encode(float[] in, int from, int count, byte[] out, int at) {
    for (int i = 0; i < count; i++) {
      int rounded = Math.round(in[from + i] * 32768f);
      int sample = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
      if (sample != rounded) {
        clipped++;
      }
      out[at + 2 * i] = (byte) sample;
      out[at + 2 * i + 1] = (byte) (sample >> 8);
    }
  }

  /** How many samples were beyond full scale so far. */
  public long clipped() {
    return clipped;
  }
}
