package io.earshot.detector.event;

import io.earshot.models.feature.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Follows every label of one stream at a time: an event begins with the first segment whose score
 * reaches the label's threshold, goes on while the next ones do, and ends with the last of them.
 *
 * <p>Pure: (state, segment, scores) gives (state, events). A segment seen before changes nothing; a
 * new run or a missing segment closes what is open. A few segments in a row that are there and were
 * not scored do not, if the next one that was scored goes on with the event: then they belong to
 * it, as not heard. Events of one label never overlap in segments.
 */
final class EventTracker {
  /**
   * @param state what to remember
   * @param events what to publish, in this order
   * @param repeated the segment had been tracked before and changed nothing
   */
  record Tracked(TrackerState state, List<Event> events, boolean repeated) {
    Tracked(TrackerState state, List<Event> events) {
      this(state, events, false);
    }
  }

  private static final int TOP = 5;

  /** How much surer an open event must have become to be told again. */
  private static final double UPDATE_STEP = 0.1;

  /** Segments without scores in a row that an event outlives. */
  private static final int PASSED_OVER = 4;

  private final EventRules rules;

  EventTracker(EventRules rules) {
    this.rules = rules;
  }

  Tracked track(TrackerState state, String stream, Segment segment, float[] scores) {
    if (state.hasSeen(segment.session(), segment.index())) {
      return new Tracked(state, List.of(), true);
    }
    List<Event> events = new ArrayList<>();
    Map<String, OpenEvent> open = new HashMap<>();
    carryOn(state, stream, segment, events).forEach(event -> open.put(event.label(), event));
    List<OpenEvent> stillOpen = new ArrayList<>();
    List<OpenEvent> over = new ArrayList<>();
    List<Event.Score> top = null;
    for (int i = 0; i < scores.length; i++) {
      OpenEvent event = open.get(rules.label(i));
      if (scores[i] >= rules.onset(i)) {
        top = top == null ? top(scores) : top;
        stillOpen.add(goOn(event, i, stream, segment, scores[i], top, events));
      } else if (event != null) {
        over.add(event);
      }
    }
    events.addAll(close(over, stream));
    return new Tracked(state.next(segment.session(), segment.index(), stillOpen), events);
  }

  /** A segment that is there and was not scored. */
  Tracked passOver(TrackerState state, String stream, Segment segment) {
    if (state.hasSeen(segment.session(), segment.index())) {
      return new Tracked(state, List.of(), true);
    }
    List<Event> events = new ArrayList<>();
    Map<Boolean, List<OpenEvent>> goOn =
        carryOn(state, stream, segment, events).stream()
            .map(OpenEvent::passOver)
            .collect(Collectors.partitioningBy(event -> event.pending() <= PASSED_OVER));
    events.addAll(close(goOn.get(false), stream));
    return new Tracked(state.next(segment.session(), segment.index(), goOn.get(true)), events);
  }

  /**
   * The stream has ended: so have its events. The end of a session that another has followed is a
   * replay and ends nothing.
   */
  Tracked end(TrackerState state, String stream, String session) {
    if (state.hasLeft(session)) {
      return new Tracked(state, List.of(), true);
    }
    return new Tracked(new TrackerState(state.seen(), List.of()), close(state.open(), stream));
  }

  /** What is open and may go on with this segment; if it does not follow, all is closed. */
  private List<OpenEvent> carryOn(
      TrackerState state, String stream, Segment segment, List<Event> events) {
    if (state.precedes(segment.session(), segment.index())) {
      return state.open();
    }
    events.addAll(close(state.open(), stream));
    return List.of();
  }

  /** Closes what is open, of a stream that is forgotten. */
  List<Event> close(TrackerState state, String stream) {
    return close(state.open(), stream);
  }

  private OpenEvent goOn(
      OpenEvent event,
      int label,
      String stream,
      Segment segment,
      double score,
      List<Event.Score> top,
      List<Event> events) {
    if (event == null) {
      OpenEvent begun = begin(label, stream, segment, score, top);
      events.add(begun.publish(Event.State.OPEN, stream, rules.model()));
      return begun;
    }
    OpenEvent longer = event.extend(segment, score, top);
    if (longer.peak() < longer.published() + UPDATE_STEP) {
      return longer;
    }
    events.add(longer.publish(Event.State.UPDATE, stream, rules.model()));
    return longer.told();
  }

  private OpenEvent begin(
      int label, String stream, Segment segment, double score, List<Event.Score> top) {
    String name = rules.label(label);
    String id = EventId.of(stream, segment.session(), name, segment.index(), rules.model());
    return OpenEvent.begin(id, name, rules.onset(label), segment, score, top);
  }

  private List<Event> close(List<OpenEvent> over, String stream) {
    return over.stream()
        .map(event -> event.publish(Event.State.CLOSED, stream, rules.model()))
        .toList();
  }

  /** The highest scores; of equal ones the label that comes first. */
  private List<Event.Score> top(float[] scores) {
    int[] best = new int[TOP];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      int at = count;
      while (at > 0 && scores[i] > scores[best[at - 1]]) {
        at--;
      }
      if (at < TOP) {
        count = Math.min(TOP, count + 1);
        System.arraycopy(best, at, best, at + 1, count - at - 1);
        best[at] = i;
      }
    }
    return IntStream.of(best)
        .limit(count)
        .mapToObj(i -> new Event.Score(rules.label(i), OpenEvent.round(scores[i], 1e4)))
        .toList();
  }
}
