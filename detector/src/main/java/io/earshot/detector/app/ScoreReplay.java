package io.earshot.detector.app;

import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.EventTracker;
import io.earshot.detector.event.ScoreRecords;
import io.earshot.detector.event.TrackerState;
import io.earshot.detector.segment.OriginHeaders;
import io.earshot.detector.segment.SegmentHeaders;
import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Decides anew what retained scores are, as the event stage does. Belongs to one thread.
 *
 * <p>Scores of other models are passed over; of another hop than the rules', they are of no use.
 */
final class ScoreReplay {
  /** After so many segments stamps that jitter by 200 ms no longer hide the hop. */
  private static final int SURE = 8;

  /** Hops are 240 ms apart at least. */
  private static final long NEAR_MICROS = 60_000;

  private final ScoreRecords records;
  private final int hopMillis;
  private final Predicate<String> wanted;
  private final Map<String, TrackerState> states = new HashMap<>();
  private final LastStates events;
  private final Misses misses = new Misses();
  private final Map<String, Instant> since = new HashMap<>();

  /** The first segment of each stream's present run. */
  private final Map<String, Segment> first = new HashMap<>();

  private boolean otherHop;
  private boolean anyOtherHop;

  /**
   * @param range the events to keep
   * @param wanted which streams
   */
  ScoreReplay(EventRules rules, ReplayRange range, Predicate<String> wanted) {
    this.records = new ScoreRecords(rules);
    this.hopMillis = rules.hopMillis();
    this.events = new LastStates(range);
    this.wanted = wanted;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      String stream = SegmentHeaders.stream(record.key());
      if (wanted.test(stream)) {
        anyOtherHop |= isOfOtherHop(record.headers());
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
      heard(stream, SegmentHeaders.read(record.headers()));
    }
    states.put(stream, tracked.state());
    tracked.events().forEach(events::add);
    tracked.candidates().forEach(misses::add);
  }

  private void heard(String stream, Segment segment) {
    since.computeIfAbsent(
        stream, key -> Instant.EPOCH.plus(segment.startMicros(), ChronoUnit.MICROS));
    Segment begin = first.get(stream);
    if (begin == null || !begin.session().equals(segment.session())) {
      first.put(stream, segment);
    } else if (segment.index() - begin.index() >= SURE) {
      long apart = segment.startMicros() - begin.startMicros();
      otherHop |=
          Math.abs(apart / (segment.index() - begin.index()) - hopMillis * 1_000L) > NEAR_MICROS;
    }
  }

  private boolean isOfOtherHop(Headers headers) {
    try {
      OriginHeaders.checkHop(headers, hopMillis);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** Whether some were of another hop, by their headers or by their times. */
  boolean hasOtherHop() {
    return anyOtherHop || otherHop;
  }

  /** How many there are so far. */
  int events() {
    return events.size();
  }

  /** Nothing was heard, if the scores are of no use. */
  Replayed result() {
    return new Replayed(events, misses, otherHop ? Map.of() : since);
  }
}
