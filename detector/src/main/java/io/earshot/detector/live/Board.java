package io.earshot.detector.live;

import io.earshot.detector.event.LoudSoundRules;
import io.earshot.detector.event.NoiseFloor;
import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of each stream, the one heard last behind the others. Any thread. */
final class Board {
  /** Without a sign of it for so long, a stream is silent. */
  static final long SILENT_MILLIS = 10_000;

  /** A stream that was not heard for so long is forgotten. */
  static final long KEPT_MILLIS = 6 * 3_600_000L;

  /** Those heard longest ago make room: anybody can invent streams. */
  static final int MOST_STREAMS = 5_000;

  /**
   * @param heardMillis when a sign of it came, by this machine's clock
   * @param last its last segment; null if none was seen
   */
  private record Row(
      long heardMillis, long endMicros, Segment last, NoiseFloor floor, boolean over) {}

  private final int hopSteps;
  private final LoudSoundRules rules;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  Board(int hopMillis, LoudSoundRules rules) {
    this.hopSteps = hopMillis / Envelope.STEP_MILLIS;
    this.rules = rules;
  }

  /** A segment came. */
  synchronized void heard(String stream, Segment segment, long nowMillis) {
    Row row = rows.remove(stream);
    NoiseFloor floor = row == null ? NoiseFloor.UNKNOWN : row.floor;
    if (row != null && isOld(segment, row.last)) {
      rows.put(stream, row);
      return;
    }
    boolean next = row != null && follows(segment, row.last);
    NoiseFloor after = floor.next(segment, next ? hopSteps : Envelope.STEPS, rules);
    long end = segment.startMicros() + Segment.MICROS;
    // Frames are ahead of segments; of another session, their clock may have been set back.
    boolean ahead = row != null && isOfSession(segment, row.last) && row.endMicros > end;
    put(stream, new Row(nowMillis, ahead ? row.endMicros : end, segment, after, false));
  }

  /** A frame came, which ends there. */
  synchronized void frame(String stream, long endMicros, long nowMillis) {
    Row row = rows.get(stream);
    // It is put on the board by its first segment.
    if (row != null) {
      rows.put(
          stream,
          new Row(nowMillis, Math.max(endMicros, row.endMicros), row.last, row.floor, row.over));
    }
  }

  /** The stream has ended, or was found silent. */
  synchronized void ended(String stream) {
    rows.computeIfPresent(
        stream, (key, row) -> new Row(row.heardMillis, row.endMicros, row.last, row.floor, true));
  }

  /**
   * All that were heard in the last six hours, by name.
   *
   * @param open labels of events that go on, by stream
   */
  synchronized List<StreamState> states(Map<String, List<String>> open, long nowMillis) {
    rows.values().removeIf(row -> nowMillis - row.heardMillis > KEPT_MILLIS);
    List<StreamState> states = new ArrayList<>();
    rows.keySet().stream()
        .sorted()
        .forEach(
            stream ->
                states.add(
                    state(
                        stream,
                        rows.get(stream),
                        open.getOrDefault(stream, List.of()),
                        nowMillis)));
    return states;
  }

  private StreamState state(String stream, Row row, List<String> open, long nowMillis) {
    boolean known = row.floor.isLearnt(rules);
    return new StreamState(
        stream,
        Instant.EPOCH
            .plus(row.endMicros, ChronoUnit.MICROS)
            .truncatedTo(ChronoUnit.MILLIS)
            .toString(),
        row.over || nowMillis - row.heardMillis > SILENT_MILLIS,
        Level.tenths(row.last.rmsDbfs()),
        Level.tenths(Math.max(Level.SILENCE_DBFS, NoiseFloor.peak(row.last))),
        known ? Level.tenths(row.floor.dbfs()) : null,
        row.last.coverage(),
        open);
  }

  private void put(String stream, Row row) {
    rows.put(stream, row);
    if (rows.size() > MOST_STREAMS) {
      rows.remove(rows.keySet().iterator().next());
    }
  }

  /** Read again after a fault. */
  private static boolean isOld(Segment segment, Segment last) {
    return isOfSession(segment, last) && segment.index() <= last.index();
  }

  private static boolean follows(Segment segment, Segment last) {
    return isOfSession(segment, last) && segment.index() == last.index() + 1;
  }

  private static boolean isOfSession(Segment segment, Segment last) {
    return segment.session().equals(last.session());
  }
}
