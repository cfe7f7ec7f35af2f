package io.earshot.benchmarks;

import io.earshot.detector.metrics.MetricsBounds;
import io.earshot.detector.metrics.PrometheusMetrics;
import io.earshot.models.feature.Segment;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What counting costs: of a frame, and of a segment with the scores of model {@code base}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetricsBenchmark {
  private static final int FRAME_BYTES = 3_200;
  private static final Segment SEGMENT = new Segment("s", 0, 0, 1, -23.5, null);

  private PrometheusMetrics metrics;
  private float[] scores;

  /** To be run in Earshot's folder. */
  @Setup
  public void prepare() throws PackageException {
    ModelPackage model = ModelPackage.load(Path.of("models/packages/base"));
    MetricsBounds bounds = new MetricsBounds(200, 100, Duration.ofMinutes(6));
    metrics = new PrometheusMetrics(new CollectorRegistry(), bounds, model);
    scores = new float[model.classes()];
    scores[0] = 0.9f;
  }

  @Benchmark
  public void frame() {
    metrics.frame("door", FRAME_BYTES);
  }

  @Benchmark
  public void segment() {
    metrics.patch("door", SEGMENT);
    metrics.scores("door", SEGMENT.startMicros() / 1_000, scores);
    metrics.noiseFloor("door", -61.5);
    metrics.openEvents("door", 1);
  }
}
