package io.earshot.models.evaluate;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.HeatMapStyler;

/** The confusion matrix: numbers of clips, the darker the more. */
final class ConfusionPicture {
  private static final Color FEW = new Color(0xe4, 0xef, 0xf8);
  private static final Color ALL = new Color(0x4f, 0x9b, 0xd6);

  private ConfusionPicture() {}

  static BufferedImage draw(ConfusionMatrix matrix) {
    int size = matrix.labels().size();
    int cell = Math.max(18, Math.min(64, 880 / size));
    int fontSize = Math.max(9, Math.min(14, cell / 2 + 1));
    int side = Math.max(480, Math.min(1200, 210 + cell * size));
    HeatMapChart chart = new HeatMapChart(side, side - 20, ChartStyle.THEME);
    chart.setTitle("Confusion matrix, in clips");
    chart.setXAxisTitle("taken for");
    chart.setYAxisTitle("is");
    style(chart.getStyler(), fontSize);
    fill(chart, matrix);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void style(HeatMapStyler styler, int fontSize) {
    ChartStyle.apply(styler, Math.max(12, fontSize));
    styler.setAxisTickLabelsFont(ChartStyle.font(fontSize));
    styler.setAxisTickPadding(18);
    styler.setXAxisLabelRotation(90);
    styler.setXAxisLabelAlignmentVertical(AxesChartStyler.TextAlignment.Left);
    styler.setLegendVisible(false);
    styler.setPlotGridLinesVisible(false);
    styler.setDrawBorder(true);
    styler.setRangeColors(new Color[] {FEW, ALL});
    styler.setShowValue(true);
    styler.setHeatMapValueDecimalPattern("0");
    styler.setValueFont(ChartStyle.font(fontSize));
    styler.setValueFontColor(ChartStyle.INK);
  }

  /** Cells without a clip stay empty. A row of the chart is counted from below. */
  private static void fill(HeatMapChart chart, ConfusionMatrix matrix) {
    int size = matrix.labels().size();
    List<Number[]> cells = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        if (matrix.count(row, column) > 0) {
          cells.add(new Number[] {column, size - 1 - row, matrix.count(row, column)});
        }
      }
    }
    List<String> labels = matrix.labels().stream().map(l -> ChartStyle.shortened(l, 20)).toList();
    List<String> upwards =
        IntStream.range(0, size).mapToObj(i -> labels.get(size - 1 - i)).toList();
    chart.addSeries("clips", labels, upwards, cells);
    // The darkest is the largest class, not the clips of none, which may be many more.
    chart.getHeatMapSeries().setMin(0).setMax(Math.max(1, largestClass(matrix)));
  }

  private static int largestClass(ConfusionMatrix matrix) {
    return matrix.rows().subList(0, matrix.rows().size() - 1).stream()
        .mapToInt(row -> row.stream().mapToInt(count -> count).sum())
        .max()
        .orElseThrow();
  }
}
