package io.earshot.detector.metrics;

import io.earshot.models.feature.Segment;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.metrics.StreamSweep;
import io.earshot.producer.metrics.StreamTable;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the stages report, as series for Prometheus.
 *
 * <pre>{@code
 * PrometheusMetrics metrics = new PrometheusMetrics(registry, bounds, model);
 * Detector detector = Detector.start(config, model, kafka, metrics);
 * }</pre>
 *
 * <p>Any number of threads. What is reported for each frame and each segment of a stream that was
 * seen before allocates nothing.
 */
public final class PrometheusMetrics implements PipelineMetrics {
  /** Buckets of what a batch takes: from a small network to a large one on a slow machine. */
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
  };

  private static final String REASON = "reason";

  private final BoundedNames labels;
  private final StreamTable<StreamSeries> streams;
  private final Counter timeouts;
  private final Counter deadLetters;
  private final Histogram batchPatches;
  private final Histogram batchFill;
  private final Histogram linger;
  private final Histogram inference;
  private final Counter inferenceFailures;
  private final Gauge queue;
  private final Gauge backlog;
  private final Histogram latency;
  private final Histogram confidence;

  /**
   * Metrics that have counted nothing yet.
   *
   * @param model the one that gives the scores
   */
  public PrometheusMetrics(CollectorRegistry registry, MetricsBounds bounds, ModelPackage model) {
    Families of = new Families(registry);
    StreamFamilies families = new StreamFamilies(of);
    labels = new BoundedNames(bounds.labels());
    ScoreDrift drift = new ScoreDrift(model).register(registry);
    streams =
        new StreamTable<>(
            bounds.streams(),
            bounds.kept(),
            stream -> new StreamSeries(families, drift.stream(), stream),
            StreamSeries::close);
    new TopScores(streams, model.labels()).register(registry);
    new StreamSweep(streams).register(registry);
    timeouts =
        of.counter("earshot_stream_timeouts_total", "Streams that ended because they were silent.");
    deadLetters =
        of.counter("earshot_dead_letters_total", "Records that could not be read.", REASON);
    batchPatches =
        of.histogram(
            "earshot_batch_patches", "Patches of a batch.", 1, 2, 4, 8, 16, 32, 64, 128, 256);
    batchFill =
        of.histogram(
            "earshot_batch_fill_ratio",
            "Patches of a batch, of those that it could have had.",
            0.1,
            0.2,
            0.3,
            0.4,
            0.5,
            0.6,
            0.7,
            0.8,
            0.9,
            1);
    linger =
        of.histogram(
            "earshot_linger_seconds",
            "How long the first patch of a batch was in the ring before the batch was scored.",
            SECONDS);
    inference = of.histogram("earshot_inference_seconds", "How long a batch was scored.", SECONDS);
    inferenceFailures =
        of.counter(
            "earshot_inference_failures_total",
            "Batches of which not all went through the network, and workers that failed.");
    queue = of.gauge("earshot_queue_patches", "Patches in the ring that are not taken yet.");
    backlog = of.gauge("earshot_backlog_patches", "Patches that wait for a place in the ring.");
    latency =
        of.histogram(
            "earshot_event_latency_seconds",
            "From the capture of a segment's end to its event being handed to Kafka.",
            0.025,
            0.05,
            0.1,
            0.2,
            0.3,
            0.5,
            0.75,
            1,
            1.5,
            2.5,
            5,
            10,
            30,
            60,
            300);
    confidence =
        of.histogram(
            "earshot_event_confidence",
            "Highest score of events that are over.",
            0.1,
            0.2,
            0.3,
            0.4,
            0.5,
            0.6,
            0.7,
            0.8,
            0.9,
            0.95,
            1);
  }

  /** Dead letters that there may be are told as none from the beginning. */
  public void expectDeadLetters(List<String> reasons) {
    reasons.forEach(deadLetters::labels);
  }

  private StreamSeries of(String stream) {
    return streams.get(stream, nowMillis());
  }

  private static long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Override
  public void frame(String stream, int bytes) {
    streams.resume(stream, nowMillis()).frame(bytes, System.currentTimeMillis());
  }

  @Override
  public void frameDropped(String stream, String reason) {
    of(stream).dropped.inc(reason);
  }

  @Override
  public void gap(String stream) {
    of(stream).gaps.inc();
  }

  @Override
  public void clockJumped(String stream, String kind) {
    of(stream).jumps.inc(kind);
  }

  @Override
  public void streamTimedOut(String stream) {
    timeouts.inc();
  }

  @Override
  public void streamEnded(String stream) {
    streams.end(stream);
  }

  @Override
  public void segmentsLeft(String stream) {
    streams.find(stream).ifPresent(StreamSeries::segmentsLeft);
  }

  @Override
  public void eventsLeft(String stream) {
    streams.find(stream).ifPresent(StreamSeries::eventsLeft);
  }

  @Override
  public void deadLetter(String reason) {
    deadLetters.labels(reason).inc();
  }

  @Override
  public void patch(String stream, Segment segment) {
    StreamSeries series = of(stream);
    series.patches.inc();
    series.level(segment.rmsDbfs());
  }

  @Override
  public void batchTaken(int patches, int most, long waitedNanos) {
    batchPatches.observe(patches);
    batchFill.observe(patches / (double) most);
    linger.observe(waitedNanos / 1e9);
  }

  @Override
  public void batch(int patches, long nanos) {
    inference.observe(nanos / 1e9);
  }

  @Override
  public void inferenceFailed() {
    inferenceFailures.inc();
  }

  @Override
  public void queue(int patches) {
    queue.set(patches);
  }

  @Override
  public void backlog(int patches) {
    backlog.set(patches);
  }

  @Override
  public void unscored(String stream, String reason) {
    of(stream).unscored.inc(reason);
  }

  @Override
  public void segmentDropped(String stream) {
    of(stream).repeated.inc();
  }

  @Override
  public void scores(String stream, long startMillis, float[] scores) {
    StreamSeries series = of(stream);
    series.scores(scores);
    series.drift.add(scores, startMillis, nowMillis());
  }

  @Override
  public void noiseFloor(String stream, double dbfs) {
    of(stream).floor(dbfs);
  }

  @Override
  public void openEvents(String stream, int events) {
    of(stream).openEvents(events);
  }

  @Override
  public void event(String stream, String label, String state) {
    of(stream).event(labels.of(label), state);
  }

  @Override
  public void eventClosed(String label, double peak) {
    confidence.observe(peak);
  }

  /** Of sound that is ahead of the clock, a file streamed fast, there is no latency. */
  @Override
  public void eventLatency(long millis) {
    if (millis >= 0) {
      latency.observe(millis / 1e3);
    }
  }

  @Override
  public void candidate(String stream, String reason) {
    of(stream).candidates.inc(reason);
  }
}
