package io.earshot.producer.clock;

import io.earshot.producer.clock.Line.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * The line below all points that comes closest to them: the sum of the distances is the least.
 *
 * <p>Sound is delayed on its way but never early, so the points that were delayed least tell the
 * sender's clock, and the rest says nothing. Moon, Skelly, Towsley: Estimation and removal of clock
 * skew from network delay measurements (INFOCOM 1999), who solve it as a linear program; its
 * optimum is the edge of the lower convex hull above the mean abscissa.
 */
final class LowerEnvelope {
  private LowerEnvelope() {}

  /**
   * Fits.
   *
   * @param points at least two, at positions that grow
   */
  static Line fit(List<Point> points) {
    double mean = points.stream().mapToDouble(Point::position).average().orElseThrow();
    List<Point> hull = hull(points);
    int right = 1;
    while (right < hull.size() - 1 && hull.get(right).position() < mean) {
      right++;
    }
    Point left = hull.get(right - 1);
    return Line.through(left, left.slopeTo(hull.get(right)));
  }

  /** Andrew's monotone chain, the lower half. */
  private static List<Point> hull(List<Point> points) {
    List<Point> hull = new ArrayList<>();
    for (Point point : points) {
      while (hull.size() > 1 && isAbove(hull, point)) {
        hull.remove(hull.size() - 1);
      }
      hull.add(point);
    }
    return hull;
  }

  /** Whether the last point of the hull is no longer on it when the next one comes. */
  private static boolean isAbove(List<Point> hull, Point next) {
    Point before = hull.get(hull.size() - 2);
    return before.slopeTo(hull.get(hull.size() - 1)) >= before.slopeTo(next);
  }
}
