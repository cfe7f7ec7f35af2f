package io.earshot.detector.clip;

import io.earshot.detector.event.Event;
import io.earshot.models.feature.LogMel;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * The picture of an event: the log-mel of its clip with axes in seconds and Hz, the event in a
 * bracket with its label, what was not heard hatched. Needs no screen, but fonts.
 */
public final class Spectrogram {
  private static final int LEFT = 64;
  private static final int RIGHT = 24;
  private static final int TOP = 52;
  private static final int BOTTOM = 48;

  /** How wide the plot is, if the clip is long enough. */
  private static final int PLOT = 1_200;

  /** A short clip's columns are drawn wider, up to this. */
  private static final int WIDEST_COLUMN = 6;

  private static final int BAND = 5;
  private static final int[] HERTZ = {125, 250, 500, 1000, 2000, 4000, 7000};
  private static final double[] STEPS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120};
  private static final int MIN_TICK_PIXELS = 60;

  private static final Color INK = new Color(0x22, 0x2b, 0x36);
  private static final Color MARK = new Color(0xb0, 0x1e, 0x2e);
  private static final Color MARK_ON_PLOT = new Color(0xff, 0xff, 0xff, 0xd0);

  static {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private final Clip clip;
  private final Event event;
  private final MelPicture mel;
  private final int wide;

  private Spectrogram(Clip clip, Event event) {
    this.clip = clip;
    this.event = event;
    mel = new MelPicture(clip, PLOT);
    wide = Math.max(1, Math.min(WIDEST_COLUMN, PLOT / mel.columns()));
  }

  /** As a PNG file. */
  public static byte[] png(Clip clip, Event event) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(new Spectrogram(clip, event).draw(), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return png.toByteArray();
  }

  private BufferedImage draw() {
    BufferedImage plot = mel.draw(wide, BAND);
    int width = Math.max(LEFT + plot.getWidth() + RIGHT, 360);
    BufferedImage image =
        new BufferedImage(width, TOP + plot.getHeight() + BOTTOM, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, image.getHeight());
    graphics.drawImage(plot, LEFT, TOP, null);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.setColor(INK);
    timeAxis(graphics, TOP + plot.getHeight(), plot.getWidth());
    bandAxis(graphics);
    mark(graphics, plot);
    graphics.dispose();
    return image;
  }

  private void timeAxis(Graphics2D graphics, int y, int width) {
    double step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && STEPS[i] * pixelsPerSecond() >= MIN_TICK_PIXELS; i--) {
      step = STEPS[i];
    }
    for (int tick = 0; tick * step * pixelsPerSecond() <= width; tick++) {
      int x = x(tick * step);
      graphics.drawLine(x, y, x, y + 5);
      String format = step < 1 ? "%.1f" : "%.0f";
      centred(graphics, String.format(Locale.ROOT, format, tick * step), x, y + 20);
    }
    centred(graphics, "seconds from " + time(), LEFT + width / 2, y + 40);
  }

  /** When the clip begins. */
  private String time() {
    return Instant.ofEpochMilli(clip.startMillis()).toString();
  }

  private void bandAxis(Graphics2D graphics) {
    for (int hertz : HERTZ) {
      int y = TOP + (int) Math.round((LogMel.BANDS - LogMel.bandAt(hertz)) * BAND);
      graphics.drawLine(LEFT - 5, y, LEFT, y);
      String text = Integer.toString(hertz);
      int width = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, LEFT - 8 - width, y + 5);
    }
    graphics.drawString("Hz", 8, TOP - 8);
  }

  /** A bracket above the plot, and lines down its sides. */
  private void mark(Graphics2D graphics, BufferedImage plot) {
    int from = clamp(x(clip.secondsTo(Span.onsetMillis(event))), plot);
    int to = clamp(x(clip.secondsTo(Span.offsetMillis(event))), plot);
    graphics.setColor(MARK_ON_PLOT);
    float[] dash = {6, 4};
    graphics.setStroke(
        new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, dash, 0));
    graphics.drawLine(from, TOP, from, TOP + plot.getHeight() - 1);
    graphics.drawLine(to, TOP, to, TOP + plot.getHeight() - 1);
    graphics.setColor(MARK);
    graphics.setStroke(new BasicStroke(2));
    graphics.drawLine(from, TOP - 10, to, TOP - 10);
    graphics.drawLine(from, TOP - 10, from, TOP - 2);
    graphics.drawLine(to, TOP - 10, to, TOP - 2);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    String text =
        String.format(
            Locale.ROOT,
            "%s %.2f%s",
            event.label(),
            event.confidence(),
            Span.isOver(event) ? "" : ", goes on");
    FontMetrics metrics = graphics.getFontMetrics();
    int most = LEFT + plot.getWidth() - metrics.stringWidth(text);
    graphics.drawString(text, Math.max(LEFT, Math.min(from, most)), TOP - 18);
  }

  private int clamp(int x, BufferedImage plot) {
    return Math.max(LEFT, Math.min(LEFT + plot.getWidth() - 1, x));
  }

  private double pixelsPerSecond() {
    return wide / mel.columnSeconds();
  }

  private int x(double seconds) {
    return LEFT + (int) Math.round(seconds * pixelsPerSecond());
  }

  private static void centred(Graphics2D graphics, String text, int x, int baseline) {
    int width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, Math.max(0, x - width / 2), baseline);
  }
}
