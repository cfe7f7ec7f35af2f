package io.earshot.models.quantize;

/** Measured numbers for a manifest: six digits, rounded to the side that flatters nobody. */
final class Rounded {
  private static final double DIGITS = 1e6;

  private Rounded() {}

  static double down(double value) {
    return Math.floor(value * DIGITS) / DIGITS;
  }

  static double up(double value) {
    return Math.ceil(value * DIGITS) / DIGITS;
  }
}
