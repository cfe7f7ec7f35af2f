package io.earshot.detector.clip;

/**
 * Colours from black to white whose brightness rises evenly, so that they still tell more from less
 * in grey.
 *
 * <p>Source: D. A. Green, "A colour scheme for the display of astronomical intensity images",
 * Bulletin of the Astronomical Society of India 39 (2011), 289-295; his own choice of parameters:
 * start 0.5, rotations -1.5, hue 1, gamma 1.
 */
final class CubeHelix {
  private static final double START = 0.5;
  private static final double ROTATIONS = -1.5;
  private static final int[] COLOURS = new int[256];

  static {
    for (int i = 0; i < COLOURS.length; i++) {
      COLOURS[i] = colour(i / (COLOURS.length - 1.0));
    }
  }

  private CubeHelix() {}

  /**
   * The colour of a value.
   *
   * @param share from 0, black, to 1, white; what is beyond is either
   * @return red, green and blue in a number
   */
  static int rgb(double share) {
    return COLOURS[(int) Math.round(Math.max(0, Math.min(1, share)) * (COLOURS.length - 1))];
  }

  private static int colour(double share) {
    double angle = 2 * Math.PI * (START / 3 + 1 + ROTATIONS * share);
    double amplitude = share * (1 - share) / 2;
    double cos = amplitude * Math.cos(angle);
    double sin = amplitude * Math.sin(angle);
    int red = level(share - 0.14861 * cos + 1.78277 * sin);
    int green = level(share - 0.29227 * cos - 0.90649 * sin);
    int blue = level(share + 1.97294 * cos);
    return red << 16 | green << 8 | blue;
  }

  private static int level(double value) {
    return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
  }
}
