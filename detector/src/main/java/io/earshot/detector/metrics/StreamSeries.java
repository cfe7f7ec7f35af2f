package io.earshot.detector.metrics;

import io.earshot.producer.metrics.StreamTable;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
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

  /** The segment's last scores; null before there are any. */
  private float[] scores;

  private final StreamFamilies of;
  private final Map<String, Map<String, Counter.Child>> events = new ConcurrentHashMap<>();
  private final Gauge.Child level;
  private final Gauge.Child lastFrame;

  /** Not told before they are known; another thread that makes them, too, is given the same. */
  private volatile Gauge.Child floor;

  private volatile Gauge.Child openEvents;

  StreamSeries(StreamFamilies of, String stream) {
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
    level = isSingle() ? of.level.labels(stream) : null;
    lastFrame = isSingle() ? of.lastFrame.labels(stream) : null;
  }

  private boolean isSingle() {
    return !stream.equals(StreamTable.OTHER);
  }

  void frame(int count, long nowMillis) {
    frames.inc();
    bytes.inc(count);
    if (lastFrame != null) {
      lastFrame.set(nowMillis / 1e3);
    }
  }

  void level(double dbfs) {
    if (level != null) {
      level.set(dbfs);
    }
  }

  void floor(double dbfs) {
    if (isSingle()) {
      if (floor == null) {
        floor = of.floor.labels(stream);
      }
      floor.set(dbfs);
    }
  }

  void openEvents(int open) {
    if (isSingle()) {
      if (openEvents == null) {
        openEvents = of.openEvents.labels(stream);
      }
      openEvents.set(open);
    }
  }

  /**
   * @param label one that is told
   */
  void event(String label, String state) {
    events.computeIfAbsent(label, this::states).get(state).inc();
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

  /** Takes all of it away. */
  void close() {
    of.frames.remove(stream);
    of.bytes.remove(stream);
    dropped.close();
    of.gaps.remove(stream);
    jumps.close();
    of.patches.remove(stream);
    unscored.close();
    of.repeated.remove(stream);
    candidates.close();
    of.openEvents.remove(stream);
    of.level.remove(stream);
    of.floor.remove(stream);
    of.lastFrame.remove(stream);
    events.forEach(
        (label, states) -> states.keySet().forEach(s -> of.events.remove(stream, label, s)));
  }

  private Map<String, Counter.Child> states(String label) {
    Map<String, Counter.Child> states = new ConcurrentHashMap<>();
    for (String state : STATES) {
      states.put(state, of.events.labels(stream, label, state));
    }
    return states;
  }
}
