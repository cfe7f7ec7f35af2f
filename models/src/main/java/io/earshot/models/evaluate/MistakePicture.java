package io.earshot.models.evaluate;

import io.earshot.models.feature.LogMel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;

/** One mistake: waveform, log-mel and the scores of the classes in question, on one time axis. */
final class MistakePicture {
  private static final int WIDTH = 1000;
  private static final int TITLE = 58;
  private static final int LEFT = 96;

  /** As wide as the plots on the screen, or nearly. */
  private static final int COLUMNS = 900;

  private final ClipEvaluation evaluation;
  private final WorstMistakes.Mistake mistake;
  private final float[] samples;
  private final double seconds;

  MistakePicture(ClipEvaluation evaluation, WorstMistakes.Mistake mistake, float[] samples) {
    this.evaluation = evaluation;
    this.mistake = mistake;
    this.samples = Arrays.copyOf(samples, Math.max(samples.length, LogMel.WINDOW_SAMPLES));
    this.seconds = this.samples.length / (double) LogMel.SAMPLE_RATE;
  }

  BufferedImage draw() {
    BufferedImage waveform = aligned(waveform());
    BufferedImage logMel = logMel();
    BufferedImage scores = aligned(scores());
    int height = TITLE + waveform.getHeight() + logMel.getHeight() + scores.getHeight();
    BufferedImage all = ChartStyle.white(WIDTH, height);
    Graphics2D graphics = all.createGraphics();
    String words = WorstMistakes.words(mistake, evaluation.labels());
    ChartStyle.title(graphics, ChartStyle.shortened(words, 90), 17, 14, 26);
    graphics.setFont(ChartStyle.font(13));
    graphics.drawString(ChartStyle.shortened(mistake.clip().name(), 120), 14, 48);
    graphics.drawImage(waveform, 0, TITLE, null);
    graphics.drawImage(logMel, 0, TITLE + waveform.getHeight(), null);
    graphics.drawImage(scores, 0, TITLE + waveform.getHeight() + logMel.getHeight(), null);
    graphics.dispose();
    return all;
  }

  private XYChart panel(int height, String yTitle) {
    XYChart chart = new XYChart(WIDTH, height, ChartStyle.THEME);
    ChartStyle.apply(chart.getStyler(), 13);
    chart.setYAxisTitle(yTitle);
    chart.getStyler().setChartTitleVisible(false);
    chart.getStyler().setChartPadding(6);
    chart.getStyler().setYAxisLeftWidthHint(LEFT);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(seconds);
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  /** All plots begin at one place, however wide the labels beside them are. */
  private static BufferedImage aligned(XYChart chart) {
    BitmapEncoder.getBufferedImage(chart);
    int off = (int) Math.round(LEFT - chart.getScreenXFromChart(0));
    chart.getStyler().setYAxisLeftWidthHint(LEFT + off);
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** The lowest and the highest sample of each column. */
  private XYChart waveform() {
    int columns = Math.min(COLUMNS, samples.length);
    double[] x = new double[2 * columns];
    double[] y = new double[2 * columns];
    double loudest = 0.01;
    for (int column = 0; column < columns; column++) {
      int from = (int) ((long) column * samples.length / columns);
      int to = (int) ((column + 1L) * samples.length / columns);
      x[2 * column] = x[2 * column + 1] = (from + to) / 2.0 / LogMel.SAMPLE_RATE;
      y[2 * column] = y[2 * column + 1] = samples[from];
      for (int i = from; i < to; i++) {
        y[2 * column] = Math.min(y[2 * column], samples[i]);
        y[2 * column + 1] = Math.max(y[2 * column + 1], samples[i]);
        loudest = Math.max(loudest, Math.abs(samples[i]));
      }
    }
    XYChart chart = panel(136, "amplitude");
    chart.getStyler().setXAxisTicksVisible(false);
    chart.getStyler().setYAxisMin(-loudest * 1.05).setYAxisMax(loudest * 1.05);
    ChartStyle.line(chart, "waveform", x, y, ChartStyle.OWN, ChartStyle.line(1));
    return chart;
  }

  /** The chart gives the axes; the picture of the log-mel goes into its plot. */
  private BufferedImage logMel() {
    XYChart chart = panel(200, "frequency");
    chart.getStyler().setXAxisTicksVisible(false);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax((double) LogMel.BANDS);
    chart.setCustomYAxisTickLabelsFormatter(MelImage::hertz);
    // A line below the image; of fewer points, the axis would have labels at its ends alone.
    double[] bands = {0, 16, 32, 48, LogMel.BANDS};
    double[] times = Arrays.stream(bands).map(band -> band * seconds / LogMel.BANDS).toArray();
    ChartStyle.line(chart, "log-mel", times, bands, Color.WHITE, ChartStyle.line(1));
    BufferedImage image = aligned(chart);
    Graphics2D graphics = image.createGraphics();
    graphics.drawImage(
        MelImage.of(samples, COLUMNS),
        (int) Math.round(chart.getScreenXFromChart(0)),
        (int) Math.round(chart.getScreenYFromChart(LogMel.BANDS)),
        (int) Math.round(chart.getScreenXFromChart(seconds)),
        (int) Math.round(chart.getScreenYFromChart(0)),
        0,
        0,
        COLUMNS,
        LogMel.BANDS,
        null);
    graphics.dispose();
    return image;
  }

  private XYChart scores() {
    XYChart chart = panel(210, "score");
    chart.setXAxisTitle("seconds");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.02);
    chart.getStyler().setYAxisDecimalPattern("0.0");
    chart.getStyler().setLegendVisible(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    add(chart, mistake.taken(), "taken for", ChartStyle.OTHER);
    mistake.truths().stream().limit(2).forEach(truth -> add(chart, truth, "is", ChartStyle.OWN));
    return chart;
  }

  private void add(XYChart chart, int label, String role, Color colour) {
    int segments = mistake.clip().scores().size();
    double[] x = new double[2 * segments];
    double[] y = new double[2 * segments];
    for (int i = 0; i < segments; i++) {
      x[2 * i] = Math.min(seconds, i * evaluation.hopSeconds());
      x[2 * i + 1] = Math.min(seconds, (i + 1) * evaluation.hopSeconds());
      y[2 * i] = y[2 * i + 1] = evaluation.score(mistake.clip().scores().get(i), label);
    }
    String name = ChartStyle.shortened(evaluation.labels().get(label), 24);
    ChartStyle.line(chart, role + ": " + name, x, y, colour, ChartStyle.line(2.5f));
    double threshold = evaluation.threshold(label);
    ChartStyle.line(
        chart,
        String.format(Locale.ROOT, "threshold of %s", name),
        new double[] {0, seconds},
        new double[] {threshold, threshold},
        colour,
        ChartStyle.dashes(1.5f));
  }
}
