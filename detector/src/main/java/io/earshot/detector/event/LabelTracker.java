package io.earshot.detector.event;

import io.earshot.detector.event.Candidate.Reason;
import io.earshot.detector.event.Event.EndedBy;
import io.earshot.detector.event.EventRules.Rule;
import io.earshot.detector.event.OnsetRefiner.Boundary;
import io.earshot.detector.event.Track.Phase;
import io.earshot.models.feature.Segment;
import java.util.List;

/**
 * Decides one label by its rule: what was remembered and a segment's score give what is to be
 * remembered, and what is told of it in the {@link Step}.
 *
 * <p>Pure, immutable.
 */
final class LabelTracker {
  /** How much surer an open event must have become to be told again. */
  private static final double UPDATE_STEP = 0.1;

  /** Segments without scores in a row that an event outlives. */
  private static final int PASSED_OVER = 4;

  private final Rule rule;
  private final Terms terms;
  private final Edges edges;

  LabelTracker(Event.Model model, Rule rule, OnsetRefiner refiner) {
    this.rule = rule;
    this.terms = Terms.of(model, rule);
    this.edges = new Edges(refiner, rule.smoothing().lag());
  }

  /** The score below which a label of which nothing is remembered stays forgotten. */
  float audible() {
    return isSmoothed() && rule.onset() != EventRules.NEVER
        ? Math.min(rule.watch(), Smoothing.AUDIBLE)
        : rule.watch();
  }

  private boolean isSmoothed() {
    return rule.smoothing().kind() != Smoothing.Kind.NONE;
  }

  /**
   * With a segment's score.
   *
   * @param before null if nothing is remembered
   * @param loudness of {@code loud_sound}; null of all other labels
   */
  LabelMemory next(LabelMemory before, Step step, float raw, Step.Loudness loudness) {
    LabelMemory known = before == null ? LabelMemory.of(rule.label(), null) : before;
    float value = rule.smoothing().smooth(known.scores(), raw);
    Step.Score score = new Step.Score(rule.label(), raw, value, isSmoothed(), loudness);
    LabelMemory memory = known.smoothedBy(rule.smoothing().remember(known.scores(), raw, value));
    LabelMemory next =
        memory.track() == null || memory.track().phase() == Phase.WATCHED
            ? watch(memory, step, score)
            : follow(memory, memory.track(), step, score);
    return forgetOffset(next, step.segment().startMicros());
  }

  /** With a segment that was not scored. */
  LabelMemory passOver(LabelMemory memory, Step step) {
    LabelMemory next = memory;
    Track track = memory.track();
    if (track != null) {
      Track longer = track.passOver(step, edges.offset(track, step));
      Starts starts = memory.starts().passOver(start -> start.passOver(step, null));
      boolean lost = longer.pause().unscored() > PASSED_OVER;
      if (lost || (longer.wasLow() && gapHasPassed(longer, step))) {
        next = finish(memory.with(longer), step.before(), EndedBy.GAP, step.told());
      } else {
        next = memory.with(longer, starts);
      }
    }
    return forgetOffset(next, step.segment().startMicros());
  }

  /**
   * Nothing follows: what goes on is over, and only when the last event ended is remembered.
   *
   * @param last segment of the run; null if nobody knows
   */
  LabelMemory finish(LabelMemory memory, Segment last, EndedBy reason, Told told) {
    Track track = memory.track();
    LabelMemory over = memory.smoothedBy(List.of()).over(false);
    if (track == null) {
      return over;
    }
    if (track.phase() == Phase.WATCHED || track.phase() == Phase.SHORT) {
      told.rejected(rule, track, unripe(track));
      return over;
    }
    EndedBy ended = track.wasLow() ? EndedBy.OFFSET : reason;
    return end(over, track, edges.offset(track, last), ended, told);
  }

  private LabelMemory watch(LabelMemory memory, Step step, Step.Score score) {
    Starts starts =
        memory
            .starts()
            .next(
                rule,
                score.value() >= rule.onset(),
                start -> start.extend(step, score),
                () -> begin(memory, step, score));
    Track established = starts.established(rule);
    return established == null
        ? keepWatching(memory, starts, step, score)
        : establish(memory, established, step.told());
  }

  /** There are too few segments at the onset. */
  private LabelMemory keepWatching(LabelMemory memory, Starts starts, Step step, Step.Score score) {
    boolean high = score.value() >= rule.watch();
    if (starts.areOver() && (!high || memory.fading())) {
      if (memory.track() != null) {
        step.told().rejected(rule, memory.track(), unripe(memory.track()));
      }
      return memory.over(high);
    }
    Track track =
        memory.track() == null
            ? begin(Phase.WATCHED, null, edges.plainOnset(step), step, score)
            : memory.track().extend(step, score);
    return memory.with(track, starts);
  }

  private LabelMemory establish(LabelMemory memory, Track track, Told told) {
    return track.lastedMicros() < rule.min() * 1_000
        ? memory.with(track.in(Phase.SHORT, null))
        : judge(memory, track, told);
  }

  private LabelMemory judge(LabelMemory memory, Track track, Told told) {
    boolean continues = track.begin().previous() != null;
    Long last = continues ? null : memory.lastOffsetMicros();
    Reason barred = rule.barredAt(track.begin().onset().micros(), last);
    if (barred != null) {
      return memory.with(track.in(Phase.BARRED, barred));
    }
    told.opened(rule, track);
    return memory.with(track.in(Phase.OPEN, null));
  }

  private LabelMemory follow(LabelMemory memory, Track track, Step step, Step.Score score) {
    if (score.value() < (track.wasLow() ? rule.onset() : rule.offset())) {
      return fall(memory, track, step, score);
    }
    if (isTooLong(track, step)) {
      return split(memory, track, step, score);
    }
    Track longer = track.extend(step, score);
    if (longer.phase() == Phase.SHORT) {
      return establish(memory, longer, step.told());
    }
    if (longer.phase() == Phase.OPEN && longer.peak().score() >= longer.published() + UPDATE_STEP) {
      step.told().updated(rule, longer);
      longer = longer.told();
    }
    return memory.with(longer);
  }

  /** The label is too low in this segment. */
  private LabelMemory fall(LabelMemory memory, Track track, Step step, Step.Score score) {
    LabelMemory over = memory.over(score.value() >= rule.watch());
    if (track.phase() == Phase.SHORT) {
      step.told().rejected(rule, track, Reason.TOO_SHORT);
      return over;
    }
    Track lower = track.lower(step, score, edges.offset(track, step));
    return gapHasPassed(lower, step)
        ? end(over, lower, lower.pause().offset(), EndedBy.OFFSET, step.told())
        : memory.with(lower);
  }

  private LabelMemory end(
      LabelMemory over, Track track, Boundary offset, EndedBy reason, Told told) {
    if (track.phase() == Phase.BARRED) {
      told.rejected(rule, track, track.barred());
      return over;
    }
    told.closed(rule, track, offset, reason);
    return over.endedAt(offset.micros());
  }

  /** It has lasted for the maximum duration; another event continues it with this segment. */
  private LabelMemory split(LabelMemory memory, Track track, Step step, Step.Score score) {
    if (track.phase() == Phase.BARRED) {
      step.told().rejected(rule, track, track.barred());
      return judge(memory, begin(memory, step, score), step.told());
    }
    boolean whole = track.pause() == null;
    Boundary offset = whole ? Edges.cut(step.segment().startMicros()) : track.pause().offset();
    step.told().continued(rule, track, offset);
    Boundary onset = whole ? offset : edges.onset(step, offset.micros());
    Track next = begin(Phase.STARTED, track.begin().id(), onset, step, score);
    return judge(memory.endedAt(offset.micros()), next, step.told());
  }

  private boolean isTooLong(Track track, Step step) {
    return rule.max() > 0
        && track.phase() != Phase.SHORT
        && step.endMicros() - track.begin().startMicros() > rule.max() * 1_000
        && Edges.mayCut(track, step);
  }

  /** Whether the next segment comes too late to go on with what is in a pause. */
  private boolean gapHasPassed(Track track, Step step) {
    long next = step.segment().startMicros() + edges.hopMicros();
    return next - track.pause().fromMicros() >= rule.merge() * 1_000;
  }

  private Track begin(LabelMemory memory, Step step, Step.Score score) {
    Boundary onset = edges.onset(step, memory.lastOffsetMicros());
    return begin(Phase.STARTED, null, onset, step, score);
  }

  private Track begin(Phase phase, String previous, Boundary onset, Step step, Step.Score score) {
    long start = step.segment().startMicros();
    Track.Begin begin = new Track.Begin(step.id(rule.label()), previous, start, onset, terms);
    return Track.begin(phase, begin, step, score);
  }

  /** Why what has not become an event will not. */
  private Reason unripe(Track track) {
    if (track.phase() == Phase.SHORT) {
      return Reason.TOO_SHORT;
    }
    return track.peak().score() >= track.by(rule).onset()
        ? Reason.BELOW_N_OF_M
        : Reason.BELOW_ONSET;
  }

  /** When the last event ended matters for as long as it can bar another, or overlap with it. */
  private LabelMemory forgetOffset(LabelMemory memory, long nowMicros) {
    if (memory.lastOffsetMicros() == null || memory.track() != null) {
      return memory;
    }
    long since = nowMicros - memory.lastOffsetMicros();
    boolean matters =
        since < rule.cooldown() * 1_000 + 2 * Segment.MICROS && since > -2 * Segment.MICROS;
    return matters ? memory : memory.endedAt(null);
  }
}
