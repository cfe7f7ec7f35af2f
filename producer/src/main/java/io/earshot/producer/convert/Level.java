package io.earshot.producer.convert;

/**
 * How loud 100 ms of sound were, in decibels below full scale; silence is -120.
 *
 * @param rmsDbfs root mean square; -3.01 for a sine of full scale
 * @param peakDbfs the largest sample
 */
public record Level(double rmsDbfs, double peakDbfs) {
  private static final double FLOOR = -120;
  public static final Level SILENCE = new Level(FLOOR, FLOOR);

  static Level of(double rms, double peak) {
    return new Level(decibels(rms), decibels(peak));
  }

  private static double decibels(double amplitude) {
    return Math.max(FLOOR, 20 * Math.log10(amplitude));
  }
}
