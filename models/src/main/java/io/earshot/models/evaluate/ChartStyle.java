package io.earshot.models.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all pictures have in common: white, thin grey grid, dark text, few colours. */
final class ChartStyle {
  /** Said to each chart: without it XChart leaves fonts and margins undefined. */
  static final Styler.ChartTheme THEME = Styler.ChartTheme.XChart;

  static final Color INK = new Color(0x22, 0x2b, 0x36);
  static final Color GRID = new Color(0xe4, 0xe7, 0xeb);
  static final Color BROAD = new Color(0x9a, 0xa3, 0xad);
  static final Color OWN = new Color(0x1b, 0x6f, 0xb5);
  static final Color OTHER = new Color(0xe0, 0x7b, 0x1f);
  static final Color MARK = new Color(0xb0, 0x1e, 0x2e);

  private ChartStyle() {}

  static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  static Font bold(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  static BasicStroke line(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashes(float width) {
    float[] dash = {6, 4};
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  static void apply(AxesChartStyler styler, int fontSize) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(GRID.darker());
    styler.setPlotBorderColor(GRID.darker());
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(line(1));
    // Of 1 the labels at both ends of an axis would be left out.
    styler.setPlotContentSize(0.999);
    styler.setPlotMargin(0);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(8);
    styler.setChartTitleFont(bold(fontSize + 2));
    styler.setAxisTitleFont(font(fontSize));
    styler.setAxisTickLabelsFont(font(fontSize - 1));
    styler.setLegendFont(font(fontSize - 1));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendSeriesLineLength(22);
  }

  /** A line without markers. A name that was taken, as long ones are shortened, gets a space. */
  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
    String unique = name;
    while (chart.getSeriesMap().containsKey(unique)) {
      unique += " ";
    }
    XYSeries series = chart.addSeries(unique, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(stroke);
    return series;
  }

  /** Pictures of one size, row by row, below a title. */
  static BufferedImage grid(String title, List<BufferedImage> cells, int columns) {
    int width = cells.get(0).getWidth();
    int height = cells.get(0).getHeight();
    int rows = (cells.size() + columns - 1) / columns;
    int top = 44;
    BufferedImage all = white(width * columns, top + height * rows);
    Graphics2D graphics = all.createGraphics();
    title(graphics, title, 17, 12, 28);
    for (int i = 0; i < cells.size(); i++) {
      graphics.drawImage(cells.get(i), i % columns * width, top + i / columns * height, null);
    }
    graphics.dispose();
    return all;
  }

  static BufferedImage white(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  static void title(Graphics2D graphics, String text, int size, int x, int baseline) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(INK);
    graphics.setFont(bold(size));
    graphics.drawString(text, x, baseline);
  }

  /** With an ellipsis in the middle where it is longer. */
  static String shortened(String text, int most) {
    int half = (most - 1) / 2;
    return text.length() <= most
        ? text
        : text.substring(0, half) + "…" + text.substring(text.length() - half);
  }
}
