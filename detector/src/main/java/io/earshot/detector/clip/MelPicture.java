package io.earshot.detector.clip;

import io.earshot.models.feature.LogMel;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The log-mel of a clip, by the network's own front end, as coloured pixels: time to the right, low
 * bands at the bottom. Of a long clip each column is the mean of several rows.
 */
final class MelPicture {
  /** As YAMNet's: deeper than VGGish's 0.01, so that soft sounds show. */
  private static final double OFFSET = 0.001;

  /** The softest of the values are all black: noise, in most clips. */
  private static final double BLACK = 0.05;

  private static final int UNHEARD_LIGHT = 0xd4d7db;
  private static final int UNHEARD_DARK = 0x9aa3ad;
  private static final int HATCH_PIXELS = 8;

  private final Clip clip;
  private final int rows;
  private final int rowsPerColumn;

  /**
   * @param maxColumns how wide the picture may become, before columns are made wider
   */
  MelPicture(Clip clip, int maxColumns) {
    this.clip = clip;
    rows = Math.max(1, (clip.samples().length - LogMel.WINDOW_SAMPLES) / LogMel.HOP_SAMPLES + 1);
    rowsPerColumn = (rows + maxColumns - 1) / maxColumns;
  }

  int columns() {
    return (rows + rowsPerColumn - 1) / rowsPerColumn;
  }

  /** How long the sound of a column is. */
  double columnSeconds() {
    return (double) rowsPerColumn * LogMel.HOP_SAMPLES / LogMel.SAMPLE_RATE;
  }

  /**
   * Draws it.
   *
   * @param wide pixels of a column
   * @param high pixels of a band
   */
  BufferedImage draw(int wide, int high) {
    float[][] columns = means();
    BitSet unheard = unheard();
    float[] heard = sorted(columns, unheard);
    float black = heard[(int) (BLACK * (heard.length - 1))];
    float white = Math.max(heard[heard.length - 1], black + 1);
    BufferedImage image =
        new BufferedImage(wide * columns.length, high * LogMel.BANDS, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        float value = columns[x / wide][LogMel.BANDS - 1 - y / high];
        boolean hatched = unheard.get(x / wide);
        image.setRGB(
            x, y, hatched ? hatch(x, y) : CubeHelix.rgb((value - black) / (white - black)));
      }
    }
    return image;
  }

  private static int hatch(int x, int y) {
    return (x + y) % HATCH_PIXELS < 2 ? UNHEARD_DARK : UNHEARD_LIGHT;
  }

  private float[][] means() {
    float[][] columns = new float[columns()][LogMel.BANDS];
    float[] row = new float[LogMel.BANDS];
    float[] window = new float[LogMel.WINDOW_SAMPLES];
    LogMel logMel = new LogMel(OFFSET);
    for (int r = 0; r < rows; r++) {
      read(r * LogMel.HOP_SAMPLES, window);
      logMel.rows(window, 0, 1, row, 0);
      int column = r / rowsPerColumn;
      int share = Math.min(rowsPerColumn, rows - column * rowsPerColumn);
      for (int band = 0; band < LogMel.BANDS; band++) {
        columns[column][band] += row[band] / share;
      }
    }
    return columns;
  }

  private void read(int from, float[] window) {
    int count = Math.min(window.length, clip.samples().length - from);
    Arrays.fill(window, 0);
    for (int i = 0; i < count; i++) {
      window[i] = clip.samples()[from + i] / 32768f;
    }
  }

  /** Columns in which half or more was not heard. */
  private BitSet unheard() {
    BitSet columns = new BitSet();
    int length = rowsPerColumn * LogMel.HOP_SAMPLES;
    for (Gap gap : clip.gaps()) {
      int from = (gap.from() + length / 2) / length;
      columns.set(from, Math.max(from, (gap.to() + length / 2) / length));
    }
    return columns;
  }

  /** The values of what was heard; of all if that is nothing. */
  private static float[] sorted(float[][] columns, BitSet unheard) {
    float[] values = new float[columns.length * LogMel.BANDS];
    int count = 0;
    for (int column = 0; column < columns.length; column++) {
      if (!unheard.get(column)) {
        System.arraycopy(columns[column], 0, values, count, LogMel.BANDS);
        count += LogMel.BANDS;
      }
    }
    float[] heard = count == 0 ? new float[1] : Arrays.copyOf(values, count);
    Arrays.sort(heard);
    return heard;
  }
}
