package io.earshot.producer.clock;

import io.earshot.producer.clock.Line.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The sender's sample clock, from what it says itself (RTCP sender reports).
 *
 * <p>Median slope and median offset of the last 32 reports (Theil 1950, Sen 1968): a report that is
 * wrong, early or late, moves neither. Until reports span ten seconds the slope is the one given.
 * Two reports in a row that are off by more than {@link WallTime#STEP_MICROS}, and by the same, are
 * a clock that was set, and all begins anew.
 */
final class ReportLine {
  private static final int REPORTS = 32;
  private static final double FIRST_SLOPE_MICROS = 10e6;

  private final double nominal;
  private final Deque<Point> reports = new ArrayDeque<>();
  private Line line;
  private Point outlier;

  ReportLine(double nominalMicrosPerSample) {
    this.nominal = nominalMicrosPerSample;
  }

  /** Null before the first report. */
  Line line() {
    return line;
  }

  /**
   * Takes a report; one about sound before that of the last report is passed over.
   *
   * @param slope the best known so far, used while reports alone cannot tell it
   */
  void add(Point report, double slope) {
    if (!reports.isEmpty() && report.position() <= reports.getLast().position()) {
      return;
    }
    if (line != null && Math.abs(line.lateness(report)) > WallTime.STEP_MICROS) {
      boolean again =
          outlier != null && Line.isSameStep(line.lateness(report), line.lateness(outlier));
      if (!again) {
        outlier = report;
        return;
      }
      reports.clear();
    }
    outlier = null;
    reports.add(report);
    if (reports.size() > REPORTS) {
      reports.removeFirst();
    }
    line = fit(slope);
  }

  private Line fit(double slope) {
    List<Point> points = new ArrayList<>(reports);
    Point last = reports.getLast();
    double span = (last.position() - reports.getFirst().position()) * nominal;
    double fitted = span < FIRST_SLOPE_MICROS ? slope : medianSlope(points);
    if (!Line.isClock(fitted, nominal)) {
      fitted = slope;
    }
    Line through = Line.through(last, fitted);
    return through.later(median(points.stream().mapToDouble(through::lateness).toArray()));
  }

  private static double medianSlope(List<Point> points) {
    double[] slopes = new double[points.size() * (points.size() - 1) / 2];
    int filled = 0;
    for (int i = 0; i < points.size(); i++) {
      for (int j = i + 1; j < points.size(); j++) {
        slopes[filled++] = points.get(i).slopeTo(points.get(j));
      }
    }
    return median(slopes);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
