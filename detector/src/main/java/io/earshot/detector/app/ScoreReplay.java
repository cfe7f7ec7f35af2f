package io.earshot.detector.app;

import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.EventTracker;
import io.earshot.detector.event.ScoreRecords;
import io.earshot.detector.event.TrackerState;
import io.earshot.detector.segment.SegmentHeaders;
import io.earshot.models.feature.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decides anew what retained scores are, as the event stage does. Belongs to one thread.
 *
 * <p>Scores of other models are passed over; of another hop than the rules', they are of no use.
 */
final class ScoreReplay {
  /** How far a segment's start may be from where the hop would have it. */
  private static final long HOP_MICROS = 1_000;

  private final ScoreRecords records;
  private final long hopMicros;
  private final Predicate<String> wanted;
  private final Map<String, TrackerState> states = new HashMap<>();
  private final LastStates events = new LastStates();
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<String, Segment> last = new HashMap<>();
  private boolean otherHop;

  /**
   * @param wanted which streams
   */
  ScoreReplay(EventRules rules, Predicate<String> wanted) {
    this.records = new ScoreRecords(rules);
    this.hopMicros = rules.hopMillis() * 1_000L;
    this.wanted = wanted;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      String stream = SegmentHeaders.stream(record.key());
      if (wanted.test(stream)) {
        track(stream, record);
      }
    } catch (IllegalArgumentException e) {
      // Of another model, or a stranger's: the detector has made a dead letter of it.
    }
  }

  private void track(String stream, ConsumerRecord<byte[], byte[]> record) {
    TrackerState kept = states.get(stream);
    TrackerState state = kept == null ? TrackerState.EMPTY : kept;
    EventTracker.Tracked tracked = records.track(state, stream, record.headers(), record.value());
    boolean end = SegmentHeaders.isEnd(record.headers());
    if (tracked.repeated() || (end && kept == null)) {
      return;
    }
    if (!end) {
      checkHop(stream, SegmentHeaders.read(record.headers()));
    }
    states.put(stream, tracked.state());
    tracked.events().forEach(events::add);
    candidates.addAll(tracked.candidates());
  }

  /** Starts are those of samples, so they are a hop apart to the microsecond or so. */
  private void checkHop(String stream, Segment segment) {
    Segment before = last.put(stream, segment);
    if (before != null && before.session().equals(segment.session())) {
      long apart = segment.startMicros() - before.startMicros();
      otherHop |= Math.abs(apart / (segment.index() - before.index()) - hopMicros) > HOP_MICROS;
    }
  }

  /** Nothing, if the scores are of no use. */
  Replayed result() {
    return otherHop ? Replayed.NOTHING : new Replayed(events, candidates, states.size());
  }
}
