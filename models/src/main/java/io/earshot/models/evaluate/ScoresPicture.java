package io.earshot.models.evaluate;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** Per class, the highest scores of its clips against those of the others, and the threshold. */
final class ScoresPicture {
  static final int WIDTH = 390;
  static final int HEIGHT = 260;

  private static final int BINS = 25;
  private static final double WIDE = 1.0 / BINS;

  private ScoresPicture() {}

  static BufferedImage draw(ClipEvaluation evaluation) {
    List<LabelScores> all = evaluation.scores();
    List<LabelScores> shown = PrecisionRecallPicture.worst(all);
    List<BufferedImage> charts =
        shown.stream()
            .map(
                s -> BitmapEncoder.getBufferedImage(chart(s, evaluation.threshold(all.indexOf(s)))))
            .toList();
    String title =
        shown.size() < all.size()
            ? "Highest score in each clip, the %d worst of %d classes"
                .formatted(shown.size(), all.size())
            : "Highest score in each clip";
    return ChartStyle.grid(title, charts, Math.min(3, charts.size()));
  }

  static XYChart chart(LabelScores scores, float threshold) {
    XYChart chart = new XYChart(WIDTH, HEIGHT, ChartStyle.THEME);
    chart.setTitle(ChartStyle.shortened(scores.label(), 34));
    ChartStyle.apply(chart.getStyler(), 12);
    chart.getStyler().setChartPadding(14);
    chart.getStyler().setLegendPadding(6);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0%");
    add(chart, "others", scores, false, ChartStyle.OTHER);
    add(chart, "own", scores, true, ChartStyle.OWN);
    ChartStyle.line(
        chart,
        String.format(Locale.ROOT, "threshold %.3f", threshold),
        new double[] {threshold, threshold},
        new double[] {0, 1},
        ChartStyle.MARK,
        ChartStyle.dashes(2));
    return chart;
  }

  private static void add(
      XYChart chart, String name, LabelScores scores, boolean own, Color colour) {
    double[] shares = shares(scores, own);
    int clips = scores.count(own);
    double[] x =
        IntStream.range(0, 2 * BINS + 2).mapToDouble(i -> Math.floorDiv(i, 2) * WIDE).toArray();
    double[] y =
        IntStream.range(0, x.length)
            .mapToDouble(i -> i == 0 || i > 2 * BINS ? 0 : shares[(i - 1) / 2])
            .toArray();
    XYSeries series =
        ChartStyle.line(chart, clips + " " + name, x, y, colour, ChartStyle.line(1.5f));
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
    series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 90));
  }

  private static double[] shares(LabelScores scores, boolean own) {
    double[] shares = new double[BINS];
    for (LabelScores.Peak peak : scores.peaks()) {
      if (peak.own() == own) {
        shares[Math.min(BINS - 1, (int) (peak.score() * BINS))] += 1.0 / scores.count(own);
      }
    }
    return shares;
  }
}
