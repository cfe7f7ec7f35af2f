package io.earshot.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.earshot.models.feature.Segment;
import io.earshot.models.pack.ModelPackage;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {
  private static final int CALLS = 100_000;
  private static final Segment SEGMENT = new Segment("s", 0, 0, 1, -23.5, null);

  private static final List<String> GAUGES =
      List.of(
          "earshot_level_dbfs",
          "earshot_noise_floor_dbfs",
          "earshot_open_events",
          "earshot_stream_last_frame_timestamp_seconds");

  private final CollectorRegistry registry = new CollectorRegistry();
  private final ModelPackage model = base();
  private final PrometheusMetrics metrics =
      new PrometheusMetrics(registry, new MetricsBounds(2, 3, Duration.ofMinutes(6)), model);

  private static ModelPackage base() {
    try {
      return ModelPackage.load(Path.of("../models/packages/base"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void framesAndSegmentsAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    report();
    long before = threads.getCurrentThreadAllocatedBytes();
    report();
    // The smallest object takes 16 bytes a call.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(CALLS);
  }

  /** The third stream is one too many. */
  private void report() {
    String[] streams = {"a", "b", "c"};
    float[] scores = new float[model.classes()];
    for (int i = 0; i < CALLS; i++) {
      String stream = streams[i % streams.length];
      scores[3] = i % 10 / 10f;
      metrics.frame(stream, 3_200);
      metrics.frameDropped(stream, "late");
      metrics.patch(stream, SEGMENT);
      metrics.scores(stream, i * 960L, scores);
      metrics.noiseFloor(stream, i);
      metrics.openEvents(stream, i);
      metrics.queue(i);
      metrics.backlog(i);
      metrics.batchTaken(16, 16, i);
      metrics.batch(16, i);
    }
  }

  @Test
  void whatIsCountedIsToldByStream() {
    metrics.frame("a", 3_200);
    metrics.frame("a", 1_600);
    metrics.frameDropped("a", "late");
    metrics.patch("a", SEGMENT);
    metrics.noiseFloor("a", -61.5);
    metrics.openEvents("a", 2);
    metrics.event("a", "dog_bark", "open");
    assertThat(of("earshot_frames_total", "stream", "a")).isEqualTo(2);
    assertThat(of("earshot_frame_bytes_total", "stream", "a")).isEqualTo(4_800);
    assertThat(of("earshot_level_dbfs", "stream", "a")).isEqualTo(-23.5);
    assertThat(of("earshot_noise_floor_dbfs", "stream", "a")).isEqualTo(-61.5);
    assertThat(of("earshot_open_events", "stream", "a")).isEqualTo(2);
    assertThat(of("earshot_stream_last_frame_timestamp_seconds", "stream", "a"))
        .isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));
    assertThat(of("earshot_frames_dropped_total", "stream", "a", "reason", "late")).isEqualTo(1);
    assertThat(of("earshot_frames_dropped_total", "stream", "a", "reason", "duplicate")).isZero();
    assertThat(of("earshot_events_total", "stream", "a", "label", "dog_bark", "state", "open"))
        .isEqualTo(1);
    assertThat(of("earshot_events_total", "stream", "a", "label", "dog_bark", "state", "closed"))
        .isZero();
  }

  @Test
  void ratiosAreSharesAndTimesAreSeconds() {
    metrics.batchTaken(8, 16, 5_000_000);
    metrics.batch(8, 20_000_000);
    metrics.eventLatency(1_500);
    metrics.eventLatency(-1);
    metrics.eventClosed("dog_bark", 0.93);
    assertThat(of("earshot_batch_fill_ratio_sum")).isEqualTo(0.5);
    assertThat(of("earshot_linger_seconds_sum")).isEqualTo(0.005);
    assertThat(of("earshot_inference_seconds_sum")).isEqualTo(0.02);
    assertThat(of("earshot_event_latency_seconds_sum")).isEqualTo(1.5);
    assertThat(of("earshot_event_latency_seconds_count")).isEqualTo(1);
    assertThat(of("earshot_event_confidence_bucket", "le", "0.95")).isEqualTo(1);
    assertThat(of("earshot_event_confidence_bucket", "le", "0.9")).isZero();
  }

  @Test
  void theFiveBestLabelsAreThoseOfTheLastSegment() {
    float[] scores = new float[model.classes()];
    scores[0] = 0.9f;
    metrics.scores("a", 0, scores);
    scores[0] = 0;
    scores[1] = 0.25f;
    metrics.scores("a", 0, scores);
    assertThat(series("earshot_top_score")).hasSize(5);
    assertThat(of("earshot_top_score", "stream", "a", "label", model.labels().get(1)))
        .isEqualTo(0.25);
  }

  @Test
  void whatIsScoredTakesNoNamesFromEvents() {
    metrics.scores("a", 0, new float[model.classes()]);
    assertThat(series("earshot_top_score")).hasSize(5);
    metrics.event("a", "rare", "open");
    assertThat(of("earshot_events_total", "stream", "a", "label", "rare", "state", "open"))
        .isEqualTo(1);
  }

  @Test
  void whatIsNotKnownYetIsNotTold() {
    metrics.scores("a", 0, new float[model.classes()]);
    metrics.unscored("a", "shed");
    assertThat(of("earshot_patches_total", "stream", "a")).isZero();
    for (String gauge : GAUGES) {
      assertThat(of(gauge, "stream", "a")).as(gauge).isNull();
    }
  }

  @Test
  void aStreamThatIsOverLeavesThoughThereIsRoom() {
    CollectorRegistry swept = new CollectorRegistry();
    PrometheusMetrics forgetful =
        new PrometheusMetrics(swept, new MetricsBounds(10, 10, Duration.ZERO), model);
    report(forgetful, "a");
    Collections.list(swept.metricFamilySamples());
    assertThat(samples(swept)).noneMatch(sample -> sample.labelValues.contains("a"));
  }

  @Test
  void aThreadThatStillHoldsSeriesThatWereTakenAwayBringsNoneBack() {
    CollectorRegistry bare = new CollectorRegistry();
    StreamSeries series =
        new StreamSeries(
            new StreamFamilies(new Families(bare)), new MinuteScores(new LabelDrift[0]), "a");
    series.level(-20);
    series.event("dog_bark", "open");
    series.close();
    series.frame(3_200, 1);
    series.level(-20);
    series.floor(-60);
    series.openEvents(1);
    series.event("dog_bark", "open");
    series.event("rain", "open");
    series.candidates.inc("too_short");
    series.dropped.inc("late");
    assertThat(samples(bare)).isEmpty();
  }

  @Test
  void aStageThatHasLostAStreamTellsNothingOfItsPresence() {
    report(metrics, "a");
    metrics.eventsLeft("a");
    assertThat(of("earshot_open_events", "stream", "a")).isNull();
    assertThat(of("earshot_noise_floor_dbfs", "stream", "a")).isNull();
    assertThat(series("earshot_top_score")).isEmpty();
    assertThat(of("earshot_level_dbfs", "stream", "a")).isEqualTo(-23.5);
    metrics.segmentsLeft("a");
    for (String gauge : GAUGES) {
      assertThat(of(gauge, "stream", "a")).as(gauge).isNull();
    }
    assertThat(of("earshot_frames_total", "stream", "a")).isEqualTo(1);
    metrics.segmentsLeft("never heard");
    assertThat(of("earshot_frames_total", "stream", "never heard")).isNull();
    report(metrics, "a");
    assertThat(of("earshot_open_events", "stream", "a")).as("it came back").isEqualTo(2);
  }

  private void report(PrometheusMetrics to, String stream) {
    to.frame(stream, 3_200);
    to.patch(stream, SEGMENT);
    to.scores(stream, 0, new float[model.classes()]);
    to.noiseFloor(stream, -61.5);
    to.openEvents(stream, 2);
    to.event(stream, "dog_bark", "open");
    to.candidate(stream, "too_short");
  }

  @Test
  void labelsAndStreamsBeyondTheirBoundsAreOther() {
    for (String label : List.of("a", "b", "c", "d", "e")) {
      metrics.event("yard", label, "open");
    }
    assertThat(of("earshot_events_total", "stream", "yard", "label", "other", "state", "open"))
        .isEqualTo(2);
    metrics.frame("door", 1);
    metrics.frame("third", 1);
    metrics.patch("third", SEGMENT);
    metrics.openEvents("third", 5);
    assertThat(of("earshot_frames_total", "stream", "third")).isNull();
    assertThat(of("earshot_frames_total", "stream", "other")).isEqualTo(1);
    assertThat(of("earshot_level_dbfs", "stream", "other")).as("of whom?").isNull();
    assertThat(of("earshot_open_events", "stream", "other")).isNull();
  }

  @Test
  void tenThousandStreamsLeaveNoMoreSeriesThanTwo() {
    for (int i = 0; i < 10_000; i++) {
      String stream = "stream-" + i;
      metrics.frame(stream, 3_200);
      metrics.patch(stream, SEGMENT);
      metrics.scores(stream, 0, new float[model.classes()]);
      metrics.noiseFloor(stream, -60);
      metrics.openEvents(stream, 1);
      metrics.event(stream, "dog_bark", "open");
      metrics.candidate(stream, "too_short");
      metrics.streamTimedOut(stream);
      metrics.streamEnded(stream);
    }
    assertThat(of("earshot_stream_timeouts_total")).isEqualTo(10_000);
    // Two streams, other, and when each was made.
    assertThat(series("earshot_frames_total")).hasSize(3);
    assertThat(series("earshot_level_dbfs")).hasSize(2);
    assertThat(series("earshot_events_total")).hasSize(6);
    int all =
        Collections.list(registry.metricFamilySamples()).stream()
            .mapToInt(family -> family.samples.size())
            .sum();
    assertThat(all).isLessThan(500);
  }

  @Test
  void aPackageWithTheScoresOfKnownClipsHasDrift() {
    int rain = model.labels().indexOf("rain");
    float[] scores = new float[model.classes()];
    scores[rain] = model.threshold(rain);
    long minute = 60_000;
    for (int i = 0; i < 100; i++) {
      metrics.scores("a", i * minute, scores);
      metrics.scores("a", i * minute + 1, scores);
    }
    assertThat(of("earshot_score_drift", "label", "rain")).as("99 minutes are over").isNull();
    metrics.scores("a", 100 * minute, scores);
    assertThat(of("earshot_score_drift", "label", "rain")).isGreaterThan(0.25);
    assertThat(of("earshot_score_drift", "label", "dog_bark")).as("not heard").isNull();
  }

  @Test
  void expectedDeadLettersAreNoneAtFirst() {
    metrics.expectDeadLetters(List.of("bad_key"));
    assertThat(of("earshot_dead_letters_total", "reason", "bad_key")).isZero();
    metrics.deadLetter("bad_key");
    assertThat(of("earshot_dead_letters_total", "reason", "bad_key")).isEqualTo(1);
  }

  private List<Collector.MetricFamilySamples.Sample> series(String name) {
    return samples(registry).stream().filter(sample -> sample.name.equals(name)).toList();
  }

  private static List<Collector.MetricFamilySamples.Sample> samples(CollectorRegistry told) {
    return Collections.list(told.metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .toList();
  }

  private Double of(String name, String... pairs) {
    String[] names = new String[pairs.length / 2];
    String[] values = new String[pairs.length / 2];
    for (int i = 0; i < names.length; i++) {
      names[i] = pairs[2 * i];
      values[i] = pairs[2 * i + 1];
    }
    return registry.getSampleValue(name, names, values);
  }
}
