package io.earshot.detector.metrics;

import io.earshot.producer.metrics.StreamTable;
import io.prometheus.client.Counter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of one stream, or of all that have none of their own; these have no gauges, which
 * would be now this stream's and now that one's. Any number of threads.
 */
final class StreamSeries {
  private static final String[] STATES = {"open", "update", "closed"};

  final String stream;
  final Counter.Child frames;
  final Counter.Child bytes;
  final ByReason dropped;
  final Counter.Child gaps;
  final ByReason jumps;
  final Counter.Child patches;
  final ByReason unscored;
  final Counter.Child repeated;
  final ByReason candidates;
  final MinuteScores drift;

  /** The segment's last scores; null before there are any. */
  private float[] scores;

  private final StreamFamilies of;
  private final LazyGauge openEvents;
  private final LazyGauge level;
  private final LazyGauge floor;
  private final LazyGauge lastFrame;

  /** By label and state. */
  private final Map<String, Map<String, Counter.Child>> events = new ConcurrentHashMap<>();

  private boolean closed;

  /**
   * @param drift takes this stream's scores
   */
  StreamSeries(StreamFamilies of, MinuteScores drift, String stream) {
    this.drift = drift;
    this.of = of;
    this.stream = stream;
    frames = of.frames.labels(stream);
    bytes = of.bytes.labels(stream);
    dropped = new ByReason(of.dropped, stream, "duplicate", "late", "other_session");
    gaps = of.gaps.labels(stream);
    jumps = new ByReason(of.jumps, stream, "forward", "backward");
    patches = of.patches.labels(stream);
    unscored = new ByReason(of.unscored, stream, "shed", "failed");
    repeated = of.repeated.labels(stream);
    candidates = new ByReason(of.candidates, stream);
    openEvents = new LazyGauge(of.openEvents, stream);
    level = new LazyGauge(of.level, stream);
    floor = new LazyGauge(of.floor, stream);
    lastFrame = new LazyGauge(of.lastFrame, stream);
  }

  private boolean isSingle() {
    return !stream.equals(StreamTable.OTHER);
  }

  void frame(int count, long nowMillis) {
    frames.inc();
    bytes.inc(count);
    set(lastFrame, nowMillis / 1e3);
  }

  void level(double dbfs) {
    set(level, dbfs);
  }

  void floor(double dbfs) {
    set(floor, dbfs);
  }

  void openEvents(int open) {
    set(openEvents, open);
  }

  private void set(LazyGauge gauge, double value) {
    if (isSingle()) {
      gauge.set(value);
    }
  }

  /**
   * @param label one that is told
   */
  void event(String label, String state) {
    Map<String, Counter.Child> known = events.get(label);
    Map<String, Counter.Child> counters = known == null ? states(label) : known;
    if (counters != null) {
      counters.get(state).inc();
    }
  }

  synchronized void scores(float[] latest) {
    if (isSingle()) {
      if (scores == null) {
        scores = new float[latest.length];
      }
      System.arraycopy(latest, 0, scores, 0, scores.length);
    }
  }

  /** The best labels of the last segment that was scored. */
  synchronized List<BestScores.Best> best(int most) {
    return scores == null ? List.of() : BestScores.of(scores, most);
  }

  /** The segment stage has the stream no more: what it said of it last is not so now. */
  void segmentsLeft() {
    level.clear();
    lastFrame.clear();
  }

  /** The event stage has the stream no more. */
  synchronized void eventsLeft() {
    openEvents.clear();
    floor.clear();
    scores = null;
  }

  /**
   * Takes all of it away; a thread that goes on counting here, because it was given the series just
   * before, brings nothing back.
   */
  synchronized void close() {
    closed = true;
    of.frames.remove(stream);
    of.bytes.remove(stream);
    dropped.close();
    of.gaps.remove(stream);
    jumps.close();
    of.patches.remove(stream);
    unscored.close();
    of.repeated.remove(stream);
    candidates.close();
    openEvents.close();
    level.close();
    floor.close();
    lastFrame.close();
    events.forEach(
        (label, states) -> states.keySet().forEach(s -> of.events.remove(stream, label, s)));
  }

  /** The counters of a label; null once all is taken away. */
  private synchronized Map<String, Counter.Child> states(String label) {
    return closed ? null : events.computeIfAbsent(label, this::open);
  }

  private Map<String, Counter.Child> open(String label) {
    Map<String, Counter.Child> states = new ConcurrentHashMap<>();
    for (String state : STATES) {
      states.put(state, of.events.labels(stream, label, state));
    }
    return states;
  }
}
