package io.earshot.detector.event;

import java.util.Arrays;

/**
 * Finds where the level of a sound rises clearly out of what was before it.
 *
 * <p>A step is a rise if it is the first that lies above the floor by {@code riseDb} and by three
 * times the spread. The floor is the median of the up to 12 steps before it (480 ms), the spread
 * 1.4826 times their median distance from it, which is the standard deviation where they are
 * normally distributed. There must be three steps before it. Of several rises the highest counts,
 * and of those less than 6 dB lower the first: a dog's first bark, not the footsteps before it. How
 * high one is says the loudest of its first five steps.
 *
 * <p>A step that holds the rise is loud for a part of its time alone. How large that part is
 * follows from its energy between that of the floor and that of the next step.
 *
 * <p>Pure.
 *
 * @param levels dBFS of each step
 * @param heard whether there was a sound to be heard in it; what is missing is no floor
 * @param begin the first step that may be floor: what is before it is known for another sound
 */
@SuppressWarnings("ArrayRecordComponent") // made for one question and given to nobody
record LevelRise(double[] levels, boolean[] heard, int begin) {
  /** Steps that must be before a rise. */
  static final int LEAST_BEFORE = 3;

  private static final int MOST_BEFORE = 12;
  private static final int TOP_STEPS = 5;
  private static final double SPREADS = 3;
  private static final double NORMAL_SPREAD = 1.4826;
  private static final double ALIKE_DB = 6;

  private record Rise(int step, double floor, double height) {}

  /**
   * The moment of the rise, in steps from the first one's beginning; NaN if none is clear.
   *
   * @param from the first step that it may be in
   * @param to behind the last one
   * @param riseDb how high it must be at least
   */
  double find(int from, int to, double riseDb) {
    Rise best = null;
    for (int step = Math.max(1, from); step < Math.min(to, levels.length); step++) {
      Rise rise = at(step, riseDb);
      if (rise != null && (best == null || rise.height > best.height + ALIKE_DB)) {
        best = rise;
      }
    }
    return best == null ? Double.NaN : moment(best);
  }

  private Rise at(int step, double riseDb) {
    double[] before = before(step);
    if (before.length < LEAST_BEFORE) {
      return null;
    }
    double floor = median(before);
    double spread = NORMAL_SPREAD * median(distances(before, floor));
    double least = floor + Math.max(riseDb, SPREADS * spread);
    if (levels[step] < least || levels[step - 1] >= least) {
      return null;
    }
    double top = levels[step];
    for (int i = step; i < Math.min(levels.length, step + TOP_STEPS); i++) {
      top = Math.max(top, levels[i]);
    }
    return new Rise(step, floor, top - floor);
  }

  private double moment(Rise rise) {
    int next = rise.step + 1;
    if (next == levels.length || levels[next] < levels[rise.step]) {
      // It fades at once: nobody knows where in the step it began.
      return rise.step + 0.5;
    }
    double floor = power(rise.floor);
    double part = (power(levels[rise.step]) - floor) / (power(levels[next]) - floor);
    return next - Math.min(1, part);
  }

  private double[] before(int step) {
    double[] before = new double[MOST_BEFORE];
    int count = 0;
    for (int i = Math.max(begin, step - MOST_BEFORE); i < step; i++) {
      if (heard[i]) {
        before[count++] = levels[i];
      }
    }
    return Arrays.copyOf(before, count);
  }

  private static double[] distances(double[] values, double from) {
    return Arrays.stream(values).map(value -> Math.abs(value - from)).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double power(double decibels) {
    return Math.pow(10, decibels / 10);
  }
}
