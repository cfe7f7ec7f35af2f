package io.earshot.detector.event;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An event that has begun and not ended, as kept in the tracker's state.
 *
 * @param endMicros capture time of the end of its last segment
 * @param published the peak that the last published state told
 * @param scoreSum over its {@code segments} that were scored; so is {@code coverageSum}
 * @param unscored segments without scores between those
 * @param pending segments without scores since the last of those
 */
record OpenEvent(
    String id,
    String label,
    double threshold,
    long onsetMicros,
    long endMicros,
    double peak,
    double published,
    double scoreSum,
    double coverageSum,
    int segments,
    int unscored,
    int pending,
    double levelDbfs,
    List<Event.Score> top) {
  private static final long SEGMENT_MICROS =
      (long) LogMel.ROWS * LogMel.HOP_SAMPLES * 1_000_000 / LogMel.SAMPLE_RATE;
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  static OpenEvent begin(
      String id,
      String label,
      double threshold,
      Segment segment,
      double score,
      List<Event.Score> top) {
    long start = segment.startMicros();
    return new OpenEvent(
        id,
        label,
        threshold,
        start,
        start + SEGMENT_MICROS,
        score,
        score,
        score,
        segment.coverage(),
        1,
        0,
        0,
        segment.rmsDbfs(),
        top);
  }

  /** The same event with one more segment. */
  OpenEvent extend(Segment segment, double score, List<Event.Score> segmentTop) {
    boolean higher = score > peak;
    return new OpenEvent(
        id,
        label,
        threshold,
        onsetMicros,
        Math.max(endMicros, segment.startMicros() + SEGMENT_MICROS),
        higher ? score : peak,
        published,
        scoreSum + score,
        coverageSum + segment.coverage(),
        segments + 1,
        unscored + pending,
        0,
        Math.max(levelDbfs, segment.rmsDbfs()),
        higher ? segmentTop : top);
  }

  /** The same event, its present peak published. */
  OpenEvent told() {
    return new OpenEvent(
        id,
        label,
        threshold,
        onsetMicros,
        endMicros,
        peak,
        peak,
        scoreSum,
        coverageSum,
        segments,
        unscored,
        pending,
        levelDbfs,
        top);
  }

  /** The same event with a segment behind it that was not scored. */
  OpenEvent passOver() {
    return new OpenEvent(
        id,
        label,
        threshold,
        onsetMicros,
        endMicros,
        peak,
        published,
        scoreSum,
        coverageSum,
        segments,
        unscored,
        pending + 1,
        levelDbfs,
        top);
  }

  Event publish(Event.State state, String stream, Event.Model model) {
    return new Event(
        id,
        state,
        stream,
        label,
        rfc3339(onsetMicros),
        state == Event.State.CLOSED ? rfc3339(endMicros) : null,
        (endMicros - onsetMicros) / 1000,
        round(peak, 1e4),
        round(scoreSum / segments, 1e4),
        round(coverageSum / (segments + unscored), 1e4),
        round(levelDbfs, 1e2),
        model,
        round(threshold, 1e4),
        top);
  }

  private static String rfc3339(long micros) {
    return RFC_3339.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  static double round(double value, double scale) {
    return Math.round(value * scale) / scale;
  }
}
