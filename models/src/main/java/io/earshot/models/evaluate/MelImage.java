package io.earshot.models.evaluate;

import io.earshot.models.feature.LogMel;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
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

  private static final double[] LANDMARK_HERTZ = {200, 500, 1000, 2000, 4000, 7000};
  private static final double LOW = mel(125);
  private static final double BAND = (mel(7500) - LOW) / (LogMel.BANDS + 1);

  private MelImage() {}

  /** So many pixels wide, and as many high as there are bands. */
  static BufferedImage of(float[] samples, int columns) {
    int rows = Math.max(1, (samples.length - LogMel.WINDOW_SAMPLES) / LogMel.HOP_SAMPLES + 1);
    LogMel logMel = new LogMel(OFFSET);
    float[][] image = new float[columns][LogMel.BANDS];
    float min = Float.MAX_VALUE;
    float max = -Float.MAX_VALUE;
    for (int column = 0; column < columns; column++) {
      int row = (int) ((long) column * rows / columns);
      logMel.row(samples, row * LogMel.HOP_SAMPLES, image[column], 0);
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

  /** Places of 0.2 to 7 kHz on an axis of bands. */
  static double[] landmarks() {
    return Arrays.stream(LANDMARK_HERTZ).map(hertz -> (mel(hertz) - LOW) / BAND - 0.5).toArray();
  }

  /** The frequency of a place on that axis. */
  static String hertz(double place) {
    double mel = LOW + (place + 0.5) * BAND;
    return String.format(Locale.ROOT, "%.1f kHz", 0.7 * (Math.exp(mel / 1127) - 1));
  }

  /** HTK's scale, as in {@link LogMel}. */
  private static double mel(double hertz) {
    return 1127 * Math.log(1 + hertz / 700);
  }
}
