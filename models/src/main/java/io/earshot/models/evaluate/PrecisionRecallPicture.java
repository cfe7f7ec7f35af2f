package io.earshot.models.evaluate;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;

/** Precision against recall of each class, and their mean; of many classes the worst ones. */
final class PrecisionRecallPicture {
  static final int MOST = 12;

  private static final int STEPS = 200;

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x1b, 0x6f, 0xb5),
          new Color(0xe0, 0x7b, 0x1f),
          new Color(0x2f, 0x9e, 0x5b),
          new Color(0xc4, 0x2d, 0x3f),
          new Color(0x7d, 0x55, 0xc7),
          new Color(0x12, 0xa5, 0xb8));

  private PrecisionRecallPicture() {}

  static BufferedImage draw(ClipEvaluation evaluation) {
    List<LabelScores> defined =
        evaluation.scores().stream().filter(scores -> scores.count(true) > 0).toList();
    List<LabelScores> shown = worst(defined);
    XYChart chart = new XYChart(1000, 640, ChartStyle.THEME);
    chart.setTitle(
        shown.size() < defined.size()
            ? "Precision and recall, the %d worst of %d classes"
                .formatted(shown.size(), defined.size())
            : "Precision and recall");
    style(chart);
    if (defined.size() > 1) {
      addMean(chart, defined, evaluation.meanAveragePrecision());
    }
    for (int i = 0; i < shown.size(); i++) {
      add(chart, shown.get(i), i);
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** All of them in their order if they are few; else those of the lowest average precision. */
  static List<LabelScores> worst(List<LabelScores> scores) {
    return scores.size() <= MOST
        ? scores
        : scores.stream()
            .sorted(Comparator.comparingDouble(LabelScores::averagePrecision))
            .limit(MOST)
            .toList();
  }

  private static void style(XYChart chart) {
    ChartStyle.apply(chart.getStyler(), 14);
    chart.setXAxisTitle("recall: share of the class's clips that are raised");
    chart.setYAxisTitle("precision: share of the raised that are right");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.02);
    chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
  }

  /** Steps, as the area below is the average precision. */
  private static void add(XYChart chart, LabelScores scores, int number) {
    List<Double> recall = new ArrayList<>();
    List<Double> precision = new ArrayList<>();
    double before = 0;
    for (LabelScores.Point point : scores.curve()) {
      recall.add(before);
      recall.add(point.recall());
      precision.add(point.precision());
      precision.add(point.precision());
      before = point.recall();
    }
    Color colour = COLOURS.get(number % COLOURS.size());
    boolean solid = number / COLOURS.size() % 2 == 0;
    ChartStyle.line(
        chart,
        named(scores.label(), scores.averagePrecision()),
        array(recall),
        array(precision),
        colour,
        solid ? ChartStyle.line(2) : ChartStyle.dashes(2));
  }

  /** Below the classes, and broad enough to be seen there. */
  private static void addMean(XYChart chart, List<LabelScores> all, double value) {
    List<List<LabelScores.Point>> curves = all.stream().map(LabelScores::curve).toList();
    double[] recall = new double[STEPS];
    double[] precision = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double at = i / (STEPS - 1.0);
      recall[i] = at;
      precision[i] = curves.stream().mapToDouble(curve -> precision(curve, at)).average().orElse(0);
    }
    String name = named("mean of " + all.size(), value);
    ChartStyle.line(chart, name, recall, precision, ChartStyle.BROAD, ChartStyle.line(6));
  }

  /** At the highest threshold that gives this recall. */
  private static double precision(List<LabelScores.Point> curve, double recall) {
    return curve.stream()
        .filter(point -> point.recall() >= recall - 1e-9)
        .findFirst()
        .orElseThrow()
        .precision();
  }

  private static String named(String label, double averagePrecision) {
    return String.format(
        Locale.ROOT, "%s  %.3f", ChartStyle.shortened(label, 24), averagePrecision);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }
}
