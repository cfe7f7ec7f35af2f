package io.earshot.producer.clock;

import io.earshot.producer.clock.Line.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/**
 * The sender's sample clock, from when its sound arrived.
 *
 * <p>Of every ten seconds the arrival that was delayed least is kept, for ten minutes; {@link
 * LowerEnvelope} lays the line. For the first minute the slope is the nominal one. What moves all
 * arrivals by more than {@link WallTime#STEP_MICROS} for two seconds, and by the same, is a step: a
 * sender that paused. A stall after which the rest comes at once is none, and neither is a file
 * that comes as fast as it can: that one's time follows from its samples.
 *
 * <p>In its first half second the line follows every arrival that was delayed less: who has just
 * started is late with the first sound, and a burst of stored sound is older than it seems.
 */
final class ArrivalLine {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final double FIRST_SLOPE_MICROS = 60e6;
  private static final long STEP_WINDOW_NANOS = 1_000_000_000L;
  private static final int WINDOWS = 60;
  private static final long SETTLING_NANOS = 500_000_000L;

  private final double nominal;
  private final Deque<Point> minima = new ArrayDeque<>();
  private Line line;
  private long firstNanos;
  private boolean settled;
  private long windowEnd;

  /** The least delayed of this window; null if it was none yet. */
  private Point windowLeast;

  private long stepWindowEnd;
  private double stepLeast;

  /** What the second before was late or early by; not a number if by no step. */
  private double stepBefore;

  ArrivalLine(double nominalMicrosPerSample) {
    this.nominal = nominalMicrosPerSample;
  }

  /** Whether the first half second is over. */
  boolean isSettled() {
    return settled;
  }

  /** Null before the first arrival. */
  Line line() {
    return line;
  }

  /**
   * Takes an arrival.
   *
   * @param nanos its time by the monotonic clock, by which windows are counted
   */
  void add(Point arrival, long nanos) {
    if (line == null) {
      firstNanos = nanos;
      begin(arrival, nominal, nanos);
      return;
    }
    if (!settled) {
      followLeast(arrival, nanos);
      return;
    }
    if (nanos >= stepWindowEnd) {
      closeStepWindow(arrival, nanos);
    }
    if (nanos >= windowEnd) {
      closeWindow(nanos);
    }
    double lateness = line.lateness(arrival);
    stepLeast = Math.min(stepLeast, lateness);
    boolean step = lateness < -WallTime.STEP_MICROS;
    if (!step && (windowLeast == null || lateness < line.lateness(windowLeast))) {
      windowLeast = arrival;
    }
  }

  /** From now on nothing moves at once but by a step. */
  void settle() {
    settled = true;
  }

  private void followLeast(Point arrival, long nanos) {
    if (line.lateness(arrival) < 0) {
      begin(arrival, nominal, nanos);
    }
    settled = nanos - firstNanos >= SETTLING_NANOS;
  }

  private void begin(Point arrival, double slope, long nanos) {
    line = Line.through(arrival, slope);
    minima.clear();
    windowLeast = arrival;
    windowEnd = nanos + WINDOW_NANOS;
    openStepWindow(nanos);
    stepBefore = Double.NaN;
  }

  private void openStepWindow(long nanos) {
    stepLeast = Double.POSITIVE_INFINITY;
    stepWindowEnd = nanos + STEP_WINDOW_NANOS;
  }

  private void closeStepWindow(Point arrival, long nanos) {
    double least = stepLeast;
    boolean step = Math.abs(least) > WallTime.STEP_MICROS;
    if (step && Line.isSameStep(least, stepBefore)) {
      Line stepped = line.later(Math.min(least, stepBefore));
      Point now = new Point(arrival.position(), stepped.at(arrival.position()));
      begin(now, line.microsPerSample(), nanos);
      return;
    }
    if (least < 0 && !step) {
      line = line.later(least);
    }
    stepBefore = step ? least : Double.NaN;
    openStepWindow(nanos);
  }

  private void closeWindow(long nanos) {
    if (windowLeast != null) {
      keep(windowLeast);
      line = fit();
    }
    windowLeast = null;
    windowEnd = nanos + WINDOW_NANOS;
  }

  private void keep(Point least) {
    if (minima.isEmpty() || least.position() > minima.getLast().position()) {
      minima.add(least);
    }
    if (minima.size() > WINDOWS) {
      minima.removeFirst();
    }
  }

  private Line fit() {
    double span = (minima.getLast().position() - minima.getFirst().position()) * nominal;
    if (span >= FIRST_SLOPE_MICROS) {
      Line fitted = LowerEnvelope.fit(new ArrayList<>(minima));
      if (Line.isClock(fitted.microsPerSample(), nominal)) {
        return fitted;
      }
    }
    double least = minima.stream().mapToDouble(line::lateness).min().orElseThrow();
    return line.later(least);
  }
}
