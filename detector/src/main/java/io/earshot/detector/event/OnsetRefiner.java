package io.earshot.detector.event;

import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;

/**
 * Finds onsets and offsets of events more closely than segments do, by the levels of their 40 ms
 * steps.
 *
 * <pre>{@code
 * OnsetRefiner refiner = new OnsetRefiner(960, OnsetRefiner.RISE_DB);
 * Boundary onset = refiner.onset(first, before, lastOffsetMicros);
 * Boundary offset = refiner.offset(last, after, onset.micros());
 * }</pre>
 *
 * <p>An onset is clear where the level rises as {@link LevelRise} says, in the segment in which the
 * score first reached its threshold or in the one directly before it. That one has not heard the
 * sound, so a rise that it has heard 720 ms or more of is another sound's. An offset is the same in
 * a mirror: the last clear fall, in the last segment that reached the threshold or in the one
 * directly after it.
 *
 * <p>Pure, immutable.
 *
 * @param hopMillis from one segment to the next: 960, 480 or 240
 * @param riseDb how high a rise must be at least
 */
record OnsetRefiner(int hopMillis, double riseDb) {
  /** Four times the power: much more than noise strays in 40 ms. */
  static final double RISE_DB = 6;

  /** What a segment may have heard of a sound that did not raise its score. */
  private static final int UNHEARD_STEPS = 720 / Envelope.STEP_MILLIS;

  /**
   * Where an event begins or ends.
   *
   * @param micros capture time
   * @param uncertaintyMillis how far the truth may be from it: a step where the level tells it, a
   *     segment's length where it does not
   * @param clear whether the level tells it
   */
  record Boundary(long micros, int uncertaintyMillis, boolean clear) {
    /** The same, not before that time. */
    private Boundary notBefore(long earliest) {
      return new Boundary(Math.max(micros, earliest), uncertaintyMillis, clear);
    }
  }

  OnsetRefiner {
    if (hopMillis != 960 && hopMillis != 480 && hopMillis != 240) {
      throw new IllegalArgumentException("hop must be 960, 480 or 240 ms: " + hopMillis);
    }
    if (!(riseDb > 0)) {
      throw new IllegalArgumentException("a rise must be above 0 dB: " + riseDb);
    }
  }

  /**
   * The onset of an event: where the level rises, else where the segment starts.
   *
   * @param first the segment in which the label's score first reached its threshold
   * @param before the one before it; null if there is none
   * @param earliestMicros where the label's previous event ended; the onset does not lie before it
   */
  Boundary onset(Segment first, Segment before, long earliestMicros) {
    boolean known = precedes(before, first);
    int lead = known ? hopSteps() : 0;
    long start = first.startMicros() - lead * Envelope.STEP_MICROS;
    int from = known ? Envelope.STEPS - UNHEARD_STEPS : 0;
    double at = Double.NaN;
    if (first.envelope() != null) {
      Levels levels = new Levels(lead + Envelope.STEPS);
      if (known) {
        levels.put(before, 0, lead, 0);
      }
      levels.put(first, 0, Envelope.STEPS, lead);
      at = levels.rise(steps(start, earliestMicros)).find(from, levels.size(), riseDb);
    }
    return boundary(start, at, first.startMicros()).notBefore(earliestMicros);
  }

  /**
   * The offset of an event: where the level falls, else where the sound of the segment ends.
   *
   * @param last the last segment in which the label's score reached its threshold
   * @param after the one after it; null if there is none
   * @param onsetMicros the event's onset; the offset lies a step behind it at least
   */
  Boundary offset(Segment last, Segment after, long onsetMicros) {
    boolean known = precedes(last, after);
    int tail = known ? hopSteps() : 0;
    int size = Envelope.STEPS + tail;
    long start = last.startMicros();
    long earliest = onsetMicros + Envelope.STEP_MICROS;
    double at = Double.NaN;
    if (last.envelope() != null) {
      Levels levels = new Levels(size);
      levels.put(last, 0, Envelope.STEPS, 0);
      if (known) {
        levels.put(after, Envelope.STEPS - tail, Envelope.STEPS, Envelope.STEPS);
      }
      int from = known ? Envelope.STEPS - UNHEARD_STEPS : 0;
      // Steps before the earliest offset are at the mirrored end.
      at = size - levels.fall().find(from, size - steps(start, earliest) + 1, riseDb);
    }
    long end = start + heardSteps(last) * Envelope.STEP_MICROS;
    return boundary(start, at, end).notBefore(earliest);
  }

  private static Boundary boundary(long startMicros, double steps, long elseMicros) {
    return Double.isNaN(steps)
        ? new Boundary(elseMicros, Segment.MILLIS, false)
        : new Boundary(
            startMicros + Math.round(steps * Envelope.STEP_MICROS), Envelope.STEP_MILLIS, true);
  }

  private int hopSteps() {
    return hopMillis / Envelope.STEP_MILLIS;
  }

  /** Whole steps from one time to another, rounded up; 0 if that is earlier. */
  private static int steps(long fromMicros, long toMicros) {
    long steps =
        toMicros <= fromMicros ? 0 : (toMicros - fromMicros - 1) / Envelope.STEP_MICROS + 1;
    return (int) Math.min(steps, 2L * Envelope.STEPS);
  }

  private static boolean precedes(Segment segment, Segment next) {
    return segment != null
        && next != null
        && segment.envelope() != null
        && next.envelope() != null
        && segment.session().equals(next.session())
        && segment.index() == next.index() - 1;
  }

  /** Steps up to the last one in which something was heard: a run's end is filled up. */
  private static int heardSteps(Segment segment) {
    int steps = Envelope.STEPS;
    if (segment.envelope() != null) {
      while (steps > 1 && !Levels.heard(segment, steps - 1)) {
        steps--;
      }
    }
    return steps;
  }

  /** The levels of one or two segments, side by side. */
  private static final class Levels {
    private final double[] levels;
    private final boolean[] heard;

    Levels(int size) {
      levels = new double[size];
      heard = new boolean[size];
    }

    int size() {
      return levels.length;
    }

    void put(Segment segment, int from, int to, int at) {
      for (int step = from; step < to; step++) {
        levels[at + step - from] = segment.envelope().dbfs(step);
        heard[at + step - from] = heard(segment, step);
      }
    }

    /** Silence where sound is missing is nothing that was heard. */
    static boolean heard(Segment segment, int step) {
      return segment.coverage() >= 1 || segment.envelope().dbfs(step) > Envelope.SILENCE_DBFS;
    }

    LevelRise rise(int begin) {
      return new LevelRise(levels, heard, begin);
    }

    /** What falls, rises when it is played backwards. */
    LevelRise fall() {
      double[] backwards = new double[levels.length];
      boolean[] heardBackwards = new boolean[levels.length];
      for (int i = 0; i < levels.length; i++) {
        backwards[i] = levels[levels.length - 1 - i];
        heardBackwards[i] = heard[levels.length - 1 - i];
      }
      return new LevelRise(backwards, heardBackwards, 0);
    }
  }
}
