package io.earshot.detector.event;

import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;

/**
 * The noise floor of a stream, and how loud its segments are above it: the score of the built-in
 * label {@code loud_sound}.
 *
 * <pre>{@code
 * double score = floor.score(segment, rules);   // against what was there before it
 * floor = floor.next(segment, newSteps, rules); // with what is new in it
 * }</pre>
 *
 * <p>The score of a segment whose loudest 40 ms have the level L, over a floor F:
 *
 * <pre>
 * (L - F) / (2 x margin), kept in 0 to 1
 * </pre>
 *
 * <p>0 at the floor, 0.5 exactly at the margin above it, 1 at twice that. Until the floor is learnt
 * it is 0. Where floor and margin are beyond full scale nothing is loud any more.
 *
 * <p>The floor takes one step for each 40 ms: towards its level, by the rules' rise or fall at
 * most. While it is learnt it rises as fast as it falls. It begins with the first step's level.
 * Digital silence (-127 dBFS: a muted microphone, a gap, the pauses of a noise gate) tells little:
 * the floor sinks at the slow pace of its rise.
 *
 * <p>In steady noise the floor is where rise and fall are in balance: a low level, which only rise
 * / (rise + fall) of the steps are below, 5 % by default.
 *
 * <p>Pure, immutable; kept as JSON in the state store.
 *
 * @param dbfs the floor; of no meaning before anything was heard
 * @param heardMillis sound that it was learnt from, counted up to an hour
 */
public record NoiseFloor(double dbfs, long heardMillis) {
  /** Of a stream that nobody has heard yet. */
  public static final NoiseFloor UNKNOWN = new NoiseFloor(0, 0);

  private static final long MOST_MILLIS = 3_600_000;

  /** 0 to 1, against the floor as it was before the segment. */
  double score(Segment segment, LoudSoundRules rules) {
    if (!isLearnt(rules)) {
      return 0;
    }
    double above = peak(segment) - dbfs;
    return Math.max(0, Math.min(1, above / (2 * rules.marginDb())));
  }

  /**
   * The floor with the segment's sound.
   *
   * @param newSteps how many of its 24 steps, its last ones, no segment before it had: all, if it
   *     is the first of its run, or if the one before it is missing; else those of one hop
   */
  public NoiseFloor next(Segment segment, int newSteps, LoudSoundRules rules) {
    NoiseFloor floor = this;
    for (int step = Envelope.STEPS - newSteps; step < Envelope.STEPS; step++) {
      floor = floor.step(level(segment, step), rules);
    }
    return floor;
  }

  /** Whether enough was heard. */
  public boolean isLearnt(LoudSoundRules rules) {
    return heardMillis > 0 && heardMillis >= rules.learnSeconds() * 1_000;
  }

  private NoiseFloor step(double level, LoudSoundRules rules) {
    double audible = Math.max(level, rules.lowestDbfs());
    double next = heardMillis == 0 ? audible : dbfs + change(level, audible, rules);
    // Rules that have changed since may forbid what the state holds.
    double kept = Math.max(rules.lowestDbfs(), next);
    return new NoiseFloor(kept, Math.min(MOST_MILLIS, heardMillis + Envelope.STEP_MILLIS));
  }

  private double change(double level, double audible, LoudSoundRules rules) {
    double slow = rules.riseDbPerSecond() * Envelope.STEP_MILLIS / 1_000;
    double fast = rules.fallDbPerSecond() * Envelope.STEP_MILLIS / 1_000;
    double up = isLearnt(rules) ? slow : fast;
    double down = level > Envelope.SILENCE_DBFS ? fast : slow;
    return Math.max(-down, Math.min(up, audible - dbfs));
  }

  /** The level of the loudest 40 ms, dBFS; of all if nobody told it. */
  public static double peak(Segment segment) {
    return segment.envelope() == null ? segment.rmsDbfs() : segment.envelope().peakDbfs();
  }

  /** Of a segment without an envelope each step has the level of all. */
  private static double level(Segment segment, int step) {
    return segment.envelope() == null ? segment.rmsDbfs() : segment.envelope().dbfs(step);
  }
}
