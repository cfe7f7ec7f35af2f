package io.earshot.producer.source;

/**
 * The outer form of sound.
 *
 * @param rate frames a second, 8000 to 192,000
 * @param channels samples a frame, 1 to 64
 */
public record AudioShape(int rate, int channels) {
  public static final int MIN_RATE = 8_000;
  public static final int MAX_RATE = 192_000;
  public static final int MAX_CHANNELS = 64;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is out of its range, which the message names
   */
  public AudioShape {
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new IllegalArgumentException(
          "rate is %d Hz, allowed: %d to %d Hz".formatted(rate, MIN_RATE, MAX_RATE));
    }
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new IllegalArgumentException(
          "%d channels, allowed: 1 to %d".formatted(channels, MAX_CHANNELS));
    }
  }

  /** {@code 44100 Hz, 2 channels}. */
  @Override
  public String toString() {
    return "%d Hz, %d channel%s".formatted(rate, channels, channels == 1 ? "" : "s");
  }
}
