package io.earshot.producer.convert;

/**
 * What is done to a stream's sound before it is heard.
 *
 * @param channel the one to take, from 0; {@link #ALL_CHANNELS} for the mean of all
 * @param gainDecibels from -60 to 60; what goes beyond full scale is clipped
 * @param highPassHertz corner of the high-pass, 10 to 4000; 0 for none
 */
public record Conditioning(int channel, double gainDecibels, double highPassHertz) {
  public static final int ALL_CHANNELS = -1;
  public static final Conditioning NONE = new Conditioning(ALL_CHANNELS, 0, 0);

  private static final double MAX_GAIN = 60;
  private static final double MIN_CORNER = 10;
  private static final double MAX_CORNER = 4000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range, which the message names
   */
  public Conditioning {
    if (channel < ALL_CHANNELS) {
      throw new IllegalArgumentException("channel is %d, allowed: 0 and above".formatted(channel));
    }
    if (!(Math.abs(gainDecibels) <= MAX_GAIN)) {
      throw new IllegalArgumentException(
          "gain is %s dB, allowed: -60 to 60 dB".formatted(gainDecibels));
    }
    if (highPassHertz != 0 && !(highPassHertz >= MIN_CORNER && highPassHertz <= MAX_CORNER)) {
      throw new IllegalArgumentException(
          "high-pass is %s Hz, allowed: 0 (none), or 10 to 4000 Hz".formatted(highPassHertz));
    }
  }
}
