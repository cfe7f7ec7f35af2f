package io.earshot.producer.clock;

import io.earshot.producer.clock.Line.Point;

/**
 * When each sample of one session of a stream was captured.
 *
 * <pre>
 * CaptureClock clock = new CaptureClock(48_000);
 * clock.arrived(960, Moment.now());          // samples up to 960 are here
 * clock.reported(48_000, senderMicros);      // by the sender's own clock
 * long micros = clock.captureMicros(0);      // since 1970
 * </pre>
 *
 * <p>Positions are samples of the source since the session's beginning, those that were lost
 * included. Time comes from the sender's reports while its clock is within {@link #MAX_SKEW_MICROS}
 * of this machine's, and otherwise from the arrivals that were delayed least; what the network
 * always takes is then not known, and counted as none. Samples are neither added nor dropped where
 * the sender's crystal is fast or slow: the times of frames say it.
 *
 * <p>A better estimate, or a clock that was set, changes times by at most 5 ms a second, until the
 * difference is made up for; one of more than 200 ms, which the detector takes for a new run
 * anyway, at once.
 *
 * <p>Pure. One thread.
 */
public final class CaptureClock {
  /** A sender's clock that is further off is not set right, and is not believed. */
  public static final long MAX_SKEW_MICROS = 5_000_000;

  private static final double SLEW = 0.005;

  private final double nominal;
  private final WallTime wallTime = new WallTime();
  private final ArrivalLine arrivals;
  private final ReportLine reports;

  /** Follows the better of the two. */
  private Line line;

  /** How much later than {@link #line} the times given out are. */
  private double error;

  private long lastPosition;
  private boolean started;
  private int steps;

  /**
   * A clock for a session that begins.
   *
   * @param rate nominal samples a second of the source, above 0
   */
  public CaptureClock(int rate) {
    this.nominal = 1e6 / rate;
    this.arrivals = new ArrivalLine(nominal);
    this.reports = new ReportLine(nominal);
  }

  /** All samples before {@code position} came at that moment. */
  public void arrived(long position, Moment now) {
    arrivals.add(new Point(position, wallTime.micros(now)), now.nanos());
    follow();
  }

  /** The sender says when sample {@code position} was captured, in microseconds since 1970. */
  public void reported(long position, long senderMicros) {
    double slope = line == null ? nominal : line.microsPerSample();
    reports.add(new Point(position, senderMicros), slope);
    follow();
  }

  /**
   * Whether there is no better time to be waited for. The first one that is asked for settles it.
   */
  public boolean isSettled() {
    return arrivals.isSettled() || isSendersClock();
  }

  /**
   * When that sample was captured, in microseconds since 1970. Positions should not go back.
   *
   * @throws IllegalStateException before anything has arrived or was reported
   */
  public long captureMicros(long position) {
    if (line == null) {
      throw new IllegalStateException("nothing has arrived");
    }
    if (started) {
      double most = SLEW * Math.max(0, position - lastPosition) * nominal;
      error -= Math.max(-most, Math.min(most, error));
    }
    started = true;
    arrivals.settle();
    lastPosition = Math.max(lastPosition, position);
    return Math.round(line.at((double) position) + error);
  }

  /** How much faster than nominal the samples come, in millionths; 0 until it is known. */
  public double driftPpm() {
    return line == null ? 0 : (nominal / line.microsPerSample() - 1) * 1e6;
  }

  /** How often times have changed at once. */
  public int steps() {
    return steps;
  }

  /** Whether times are by the sender's clock. */
  public boolean isSendersClock() {
    Line sender = reports.line();
    Line arrival = arrivals.line();
    return sender != null
        && (arrival == null
            || Math.abs(sender.at(arrival.position()) - arrival.micros()) <= MAX_SKEW_MICROS);
  }

  private void follow() {
    Line next = isSendersClock() ? reports.line() : arrivals.line();
    if (next == null) {
      return;
    }
    if (line != null && started) {
      double last = (double) lastPosition;
      error += line.at(last) - next.at(last);
      if (Math.abs(error) > WallTime.STEP_MICROS) {
        error = 0;
        steps++;
      }
    }
    line = next;
  }
}
