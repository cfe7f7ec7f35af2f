package io.earshot.models.feature;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * How loud a segment is from one 40 ms to the next: 24 levels, each of 640 samples.
 *
 * <pre>{@code
 * Envelope envelope = Envelope.parse("28".repeat(24)); // 40 half decibels below full scale
 * double level = envelope.dbfs(0);                     // -20
 * String text = envelope.toString();                   // what it was read from
 * }</pre>
 *
 * <p>Levels are root mean squares in dB relative to full scale (a full-scale square wave is 0),
 * from 0 to -127 in steps of half a decibel: what is louder counts as 0. The lowest stands for
 * silence, which a gap in the sound is, too. Half a decibel is less than what 40 ms of even noise
 * stray.
 *
 * <p>Immutable.
 */
public final class Envelope {
  /** Number of levels. */
  public static final int STEPS = 24;

  public static final int STEP_MILLIS = 40;

  public static final long STEP_MICROS = STEP_MILLIS * 1_000L;

  /** The lowest level, of digital silence. */
  public static final double SILENCE_DBFS = -127;

  /** Log-mel rows a step. */
  private static final int STEP_ROWS = LogMel.ROWS / STEPS;

  private static final int STEPS_PER_DECIBEL = 2;
  private static final int LOWEST = (int) (-SILENCE_DBFS * STEPS_PER_DECIBEL);
  private static final HexFormat HEX = HexFormat.of();

  /** Half decibels below full scale, 0 to 254, unsigned. */
  private final byte[] levels;

  private Envelope(byte[] levels) {
    this.levels = levels;
  }

  /**
   * The envelope of a segment whose rows have these energies.
   *
   * @param energies of each row's 160 samples, the sum of their squares; 96 of them
   */
  static Envelope of(double[] energies) {
    byte[] levels = new byte[STEPS];
    for (int step = 0; step < STEPS; step++) {
      double sum = 0;
      for (int row = step * STEP_ROWS; row < (step + 1) * STEP_ROWS; row++) {
        sum += energies[row];
      }
      levels[step] = (byte) halfDecibels(sum / (STEP_ROWS * LogMel.HOP_SAMPLES));
    }
    return new Envelope(levels);
  }

  /** A mean of squares below full scale, rounded. */
  private static int halfDecibels(double power) {
    // The logarithm of 0 is -infinity, which rounds to the largest number that there is.
    long below = Math.round(-10 * STEPS_PER_DECIBEL * Math.log10(power));
    return (int) Math.max(0, Math.min(LOWEST, below));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Envelope parse(String text) {
    byte[] levels = bytes(text);
    for (byte level : levels) {
      if (Byte.toUnsignedInt(level) > LOWEST) {
        throw new IllegalArgumentException("a level below " + SILENCE_DBFS + " dBFS");
      }
    }
    return new Envelope(levels);
  }

  private static byte[] bytes(String text) {
    if (text.length() != 2 * STEPS || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("not " + 2 * STEPS + " hexadecimal digits");
    }
    return HEX.parseHex(text);
  }

  /**
   * The level of one step.
   *
   * @param step 0 to 23
   */
  public double dbfs(int step) {
    return -Byte.toUnsignedInt(levels[step]) / (double) STEPS_PER_DECIBEL;
  }

  /** The level of the loudest step. */
  public double peakDbfs() {
    double peak = SILENCE_DBFS;
    for (int step = 0; step < STEPS; step++) {
      peak = Math.max(peak, dbfs(step));
    }
    return peak;
  }

  /** Two hexadecimal digits a step, half decibels below full scale: {@code 00} to {@code fe}. */
  @Override
  public String toString() {
    return HEX.formatHex(levels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(levels);
  }
}
