package io.earshot.models.evaluate;

import io.earshot.models.feature.LogMel;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** The log-mel of a sound as coloured pixels: time to the right, low bands at the bottom. */
final class MelImage {
  /** As YAMNet's: deeper than VGGish's 0.01, so that soft sounds show. */
  private static final double OFFSET = 0.001;

  /** Dark to light, even to the eye. */
  private static final Color[] COLOURS = {
    new Color(0x44, 0x01, 0x54),
    new Color(0x3b, 0x52, 0x8b),
    new Color(0x21, 0x91, 0x8c),
    new Color(0x5e, 0xc9, 0x62),
    new Color(0xfd, 0xe7, 0x25)
  };

  private MelImage() {}

  /** So many pixels wide, and as many high as there are bands. */
  static BufferedImage of(float[] samples, int columns) {
    int rows = Math.max(1, (samples.length - LogMel.WINDOW_SAMPLES) / LogMel.HOP_SAMPLES + 1);
    float[] all = new float[rows * LogMel.BANDS];
    new LogMel(OFFSET).rows(samples, 0, rows, all, 0);
    float[][] image = new float[columns][LogMel.BANDS];
    float min = Float.MAX_VALUE;
    float max = -Float.MAX_VALUE;
    for (int column = 0; column < columns; column++) {
      int row = (int) ((long) column * rows / columns);
      System.arraycopy(all, row * LogMel.BANDS, image[column], 0, LogMel.BANDS);
      for (float value : image[column]) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return coloured(image, min, Math.max(max, min + 1));
  }

  private static BufferedImage coloured(float[][] image, float min, float max) {
    BufferedImage pixels =
        new BufferedImage(image.length, LogMel.BANDS, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.length; x++) {
      for (int band = 0; band < LogMel.BANDS; band++) {
        float share = (image[x][band] - min) / (max - min);
        pixels.setRGB(x, LogMel.BANDS - 1 - band, colour(share));
      }
    }
    return pixels;
  }

  private static int colour(float share) {
    float at = share * (COLOURS.length - 1);
    int below = Math.min(COLOURS.length - 2, (int) at);
    Color from = COLOURS[below];
    Color to = COLOURS[below + 1];
    float part = at - below;
    return between(from.getRed(), to.getRed(), part) << 16
        | between(from.getGreen(), to.getGreen(), part) << 8
        | between(from.getBlue(), to.getBlue(), part);
  }

  private static int between(int from, int to, float part) {
    return Math.round(from + part * (to - from));
  }

  /** The frequency of a place on an axis of bands: HTK's mel scale, as in {@link LogMel}. */
  static String hertz(double place) {
    double low = mel(125);
    double band = (mel(7500) - low) / (LogMel.BANDS + 1);
    double hertz = 700 * (Math.exp((low + (place + 0.5) * band) / 1127) - 1);
    return String.format(Locale.ROOT, "%.1f kHz", hertz / 1000);
  }

  private static double mel(double hertz) {
    return 1127 * Math.log(1 + hertz / 700);
  }
}
