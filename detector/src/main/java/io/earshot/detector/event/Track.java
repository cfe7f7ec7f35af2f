package io.earshot.detector.event;

import io.earshot.detector.event.OnsetRefiner.Boundary;
import java.util.List;

/**
 * An event or a candidate that has begun and is not over. Immutable; kept as JSON in the state
 * store.
 *
 * @param barred why it will not be an event; null if it may
 * @param published the peak that the last published state told
 * @param endMicros where its last segment ends that counts
 * @param tally up to there
 * @param pause what has been since; null if nothing
 */
record Track(
    Phase phase,
    Candidate.Reason barred,
    Begin begin,
    Peak peak,
    double published,
    double levelDbfs,
    long endMicros,
    Tally tally,
    Pause pause,
    ScoreTrail trail) {
  /** How far it has come. */
  enum Phase {
    /** Too few segments have reached the onset threshold. */
    WATCHED,
    /** It would begin with one that has, if enough of the next ones do. */
    STARTED,
    /** Enough have, and it has not lasted long enough. */
    SHORT,
    /** Published. */
    OPEN,
    /** It would be an event, were it not barred. */
    BARRED
  }

  /**
   * Where it begins.
   *
   * @param previous the event that it continues; null if none
   * @param startMicros where its first segment starts
   * @param terms null in a state that did not keep them
   */
  record Begin(String id, String previous, long startMicros, Boundary onset, Terms terms) {}

  /**
   * Its segment with the highest score.
   *
   * @param top its best labels
   * @param loudness of {@code loud_sound}; null of all other labels
   */
  record Peak(double score, List<Event.Score> top, Step.Loudness loudness) {}

  /**
   * Segments in which the label was below its offset threshold, or which were not scored.
   *
   * @param fromMicros where the first of them starts
   * @param offset where the event ends, if it does not go on; null of what is no event
   * @param low whether one of them was scored: then only an onset ends the pause
   * @param unscored those in a row, up to the last, that were not
   */
  record Pause(long fromMicros, Boundary offset, boolean low, int unscored, Tally tally) {}

  static Track begin(Phase phase, Begin begin, Step step, Step.Score score) {
    return new Track(
        phase,
        null,
        begin,
        peak(phase, step, score),
        score.value(),
        step.segment().rmsDbfs(),
        step.endMicros(),
        Tally.NONE.plus(score.value(), step.segment().coverage()),
        null,
        ScoreTrail.EMPTY.add(step.scored(score)));
  }

  /** A candidate does not tell which labels were best. */
  private static Peak peak(Phase phase, Step step, Step.Score score) {
    List<Event.Score> top = phase == Phase.WATCHED ? List.of() : step.top(score);
    return new Peak(score.value(), top, score.loudness());
  }

  /** With one more segment, and all that a pause had before it. */
  Track extend(Step step, Step.Score score) {
    Tally all = pause == null ? tally : tally.plus(pause.tally);
    return new Track(
        phase,
        barred,
        begin,
        score.value() > peak.score() ? peak(phase, step, score) : peak,
        published,
        Math.max(levelDbfs, step.segment().rmsDbfs()),
        Math.max(endMicros, step.endMicros()),
        all.plus(score.value(), step.segment().coverage()),
        null,
        trail.add(step.scored(score)));
  }

  /** With a segment in which the label is too low. */
  Track lower(Step step, Step.Score score, Boundary offset) {
    Tally before = pause == null ? Tally.NONE : pause.tally;
    Tally more = before.plus(score.value(), step.segment().coverage());
    return with(new Pause(pauseFrom(step), offset, true, 0, more));
  }

  /** With a segment that was not scored. */
  Track passOver(Step step, Boundary offset) {
    Tally before = pause == null ? Tally.NONE : pause.tally;
    int inARow = pause == null ? 1 : pause.unscored + 1;
    return with(new Pause(pauseFrom(step), offset, wasLow(), inARow, before.plusUnscored()));
  }

  private long pauseFrom(Step step) {
    return pause == null ? step.segment().startMicros() : pause.fromMicros;
  }

  private Track with(Pause next) {
    return new Track(
        phase, barred, begin, peak, published, levelDbfs, endMicros, tally, next, trail);
  }

  Track in(Phase next, Candidate.Reason reason) {
    return new Track(
        next, reason, begin, peak, peak.score(), levelDbfs, endMicros, tally, pause, trail);
  }

  /** Its present peak published. */
  Track told() {
    return in(phase, barred);
  }

  /** Whether the label has been below its offset threshold. */
  boolean wasLow() {
    return pause != null && pause.low;
  }

  /**
   * What it has begun by.
   *
   * @param now what its label is decided by now, which is told if nothing else is known
   */
  EventRules.Rule by(EventRules.Rule now) {
    return begin.terms == null ? now : begin.terms.rule(now.label());
  }

  /** The model that it has begun by, likewise. */
  Event.Model by(Event.Model now) {
    return begin.terms == null || begin.terms.model() == null ? now : begin.terms.model();
  }

  /** What its segments last up to the last that counts. */
  long lastedMicros() {
    return endMicros - begin.startMicros;
  }
}
