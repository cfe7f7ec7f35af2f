package io.earshot.benchmarks;

import io.earshot.models.feature.LogMel;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One log-mel patch: 96 rows of 64 bands, all at once or in parts, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LogMelBenchmark {
  /** Computed together: those of a hop of 960, 480 or 240 ms. */
  @Param({"96", "48", "24"})
  public int rows;

  private final LogMel logMel = new LogMel(0.01);
  private final float[] samples = noise();
  private final float[] patch = new float[LogMel.PATCH_FLOATS];

  @Benchmark
  public float[] patch() {
    for (int row = 0; row < LogMel.ROWS; row += rows) {
      logMel.rows(samples, row * LogMel.HOP_SAMPLES, rows, patch, row * LogMel.BANDS);
    }
    return patch;
  }

  private static float[] noise() {
    Random random = new Random(5);
    float[] samples = new float[LogMel.PATCH_SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    return samples;
  }
}
