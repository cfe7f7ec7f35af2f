package io.earshot.detector.event;

import io.earshot.detector.event.Event.EndedBy;
import io.earshot.detector.event.EventRules.Rule;
import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows every label of one stream at a time and decides, by each label's rule, what is an event.
 *
 * <pre>{@code
 * EventTracker tracker = new EventTracker(rules);
 * EventTracker.Tracked first = tracker.track(TrackerState.EMPTY, "door", segment, scores);
 * EventTracker.Tracked next = tracker.track(first.state(), "door", nextSegment, nextScores);
 * EventTracker.Tracked last = tracker.end(next.state(), "door", session, Event.EndedBy.END);
 * }</pre>
 *
 * <p>Pure: (state, segment, scores) gives (state, events, candidates). A segment seen before
 * changes nothing; a new run or a missing segment closes what is open. A few segments in a row that
 * are there and were not scored do not, if the next one that was scored goes on with the event:
 * then they belong to it, as not heard. Events of one label never overlap.
 *
 * <p>Immutable; may be used by several threads.
 */
public final class EventTracker {
  /**
   * What comes of a segment.
   *
   * @param state what to remember
   * @param events what to publish, in this order
   * @param candidates what became no event
   * @param repeated the segment had been tracked before and changed nothing
   */
  public record Tracked(
      TrackerState state, List<Event> events, List<Candidate> candidates, boolean repeated) {
    Tracked(TrackerState state, Told told) {
      this(state, told.events(), told.candidates(), false);
    }
  }

  /** Told as the onset of what is gone, if the state did not keep it. */
  private static final float HIGHEST = 1;

  private final EventRules rules;
  private final OnsetRefiner refiner;
  private final List<LabelTracker> labels = new ArrayList<>();

  /** Of labels that may have events. */
  private final Map<String, Integer> indices = new HashMap<>();

  /** Where each label begins to be heard, so that a segment's silence costs a comparison each. */
  private final float[] audible;

  private final int hopSteps;

  public EventTracker(EventRules rules) {
    this.rules = rules;
    this.audible = new float[rules.size()];
    this.refiner = new OnsetRefiner(rules.hopMillis(), OnsetRefiner.RISE_DB);
    for (Rule rule : rules.all()) {
      if (rule.onset() != EventRules.NEVER) {
        indices.put(rule.label(), labels.size());
      }
      labels.add(new LabelTracker(rules.model(), rule, refiner));
    }
    for (int i = 0; i < audible.length; i++) {
      audible[i] = labels.get(i).audible();
    }
    hopSteps = rules.hopMillis() / Envelope.STEP_MILLIS;
  }

  /**
   * A segment and its scores.
   *
   * @param scores of the model's labels, in their order
   */
  public Tracked track(TrackerState state, String stream, Segment segment, float[] scores) {
    if (state.hasSeen(segment.session(), segment.index())) {
      return repeated(state);
    }
    Told told = new Told(rules.model(), stream);
    Step step = step(state, segment, new TopScores(rules, scores), told);
    List<LabelMemory> before = carryOn(state, segment, told);
    List<LabelMemory> next = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < audible.length; i++) {
      boolean known = at < before.size() && index(before.get(at)) == i;
      if (known || scores[i] >= audible[i]) {
        LabelMemory memory = known ? before.get(at++) : null;
        keep(labels.get(i).next(memory, step, scores[i], null), next);
      }
    }
    NoiseFloor floor = trackLoudness(state, step, before.subList(at, before.size()), next);
    return new Tracked(state.next(segment, next, floor), told);
  }

  /** A segment that is there and was not scored. */
  public Tracked passOver(TrackerState state, String stream, Segment segment) {
    if (state.hasSeen(segment.session(), segment.index())) {
      return repeated(state);
    }
    Told told = new Told(rules.model(), stream);
    Step step = step(state, segment, new TopScores(rules), told);
    List<LabelMemory> before = carryOn(state, segment, told);
    List<LabelMemory> next = new ArrayList<>();
    int at = 0;
    while (at < before.size() && index(before.get(at)) < audible.length) {
      keep(labels.get(index(before.get(at))).passOver(before.get(at), step), next);
      at++;
    }
    NoiseFloor floor = trackLoudness(state, step, before.subList(at, before.size()), next);
    return new Tracked(state.next(segment, next, floor), told);
  }

  /**
   * The stream has ended: so have its events. The end of a session that another has followed is a
   * replay and ends nothing.
   *
   * @param reason {@link EndedBy#END} or {@link EndedBy#TIMEOUT}
   */
  public Tracked end(TrackerState state, String stream, String session, EndedBy reason) {
    return state.hasLeft(session) ? repeated(state) : end(state, stream, reason);
  }

  /** Ends the stream, whatever its session is. */
  public Tracked end(TrackerState state, String stream, EndedBy reason) {
    Told told = new Told(rules.model(), stream);
    return new Tracked(state.with(finish(state, reason, told)), told);
  }

  private static Tracked repeated(TrackerState state) {
    return new Tracked(state, List.of(), List.of(), true);
  }

  private Step step(TrackerState state, Segment segment, TopScores top, Told told) {
    boolean follows = state.precedes(segment.session(), segment.index());
    Segment before = follows ? state.lastSegment() : null;
    return new Step(rules, segment, before, new Boundaries(refiner, segment, before), top, told);
  }

  /** What may go on with this segment; if it does not follow, all is over. */
  private List<LabelMemory> carryOn(TrackerState state, Segment segment, Told told) {
    if (state.precedes(segment.session(), segment.index())) {
      return ordered(state.labels(), told);
    }
    boolean sameRun = state.isIn(segment.session());
    List<LabelMemory> over = finish(state, sameRun ? EndedBy.GAP : EndedBy.SESSION, told);
    told.settle();
    return over;
  }

  private List<LabelMemory> finish(TrackerState state, EndedBy reason, Told told) {
    Segment last = state.lastSegment();
    List<LabelMemory> remembered = new ArrayList<>();
    for (LabelMemory memory : ordered(state.labels(), told)) {
      keep(labels.get(index(memory)).finish(memory, last, reason, told), remembered);
    }
    return remembered;
  }

  /** The built-in label, which needs no scores. */
  private NoiseFloor trackLoudness(
      TrackerState state, Step step, List<LabelMemory> before, List<LabelMemory> next) {
    if (rules.loud() == null) {
      return null;
    }
    LoudSoundRules levels = rules.loud().levels();
    NoiseFloor floor = state.floor() == null ? NoiseFloor.UNKNOWN : state.floor();
    float score = (float) floor.score(step.segment(), levels);
    Step.Loudness loudness = new Step.Loudness(floor.dbfs(), NoiseFloor.peak(step.segment()));
    LabelMemory memory = before.isEmpty() ? null : before.get(0);
    keep(labels.get(audible.length).next(memory, step, score, loudness), next);
    int newSteps = step.before() == null ? Envelope.STEPS : hopSteps;
    return floor.next(step.segment(), newSteps, levels);
  }

  private static void keep(LabelMemory memory, List<LabelMemory> next) {
    if (!memory.holdsNothing()) {
      next.add(memory);
    }
  }

  private int index(LabelMemory memory) {
    return indices.getOrDefault(memory.label(), -1);
  }

  /**
   * In the order of the labels. Of labels that there are no more, since the state is of other rules
   * or of another model, what is open is closed.
   */
  private List<LabelMemory> ordered(List<LabelMemory> memories, Told told) {
    int last = -1;
    for (LabelMemory memory : memories) {
      int index = index(memory);
      if (index <= last) {
        return reordered(memories, told);
      }
      last = index;
    }
    return memories;
  }

  private List<LabelMemory> reordered(List<LabelMemory> memories, Told told) {
    List<LabelMemory> known = new ArrayList<>();
    for (LabelMemory memory : memories) {
      if (index(memory) >= 0) {
        known.add(memory);
      } else {
        finishGone(memory, told);
      }
    }
    known.sort(Comparator.comparingInt(this::index));
    return known;
  }

  private void finishGone(LabelMemory memory, Told told) {
    Rule unknown = new Rule(memory.label(), HIGHEST);
    Rule gone = memory.track() == null ? unknown : memory.track().by(unknown);
    new LabelTracker(rules.model(), gone, refiner).finish(memory, null, EndedBy.SESSION, told);
  }
}
