package io.earshot.benchmarks;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segmenter;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 4.8 s of one stream, in frames of 100 ms, from samples to segments, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SegmenterBenchmark {
  private static final int FRAMES = 48;
  private static final int FRAME_SAMPLES = LogMel.SAMPLE_RATE / 10;

  /** From one segment to the next: 5, 10 or 20 segments. */
  @Param({"960", "480", "240"})
  public int hopMillis;

  private final float[] samples = new float[FRAME_SAMPLES];
  private Segmenter segmenter;
  private long position;
  private long segments;

  /** Makes the stream. */
  @Setup
  public void prepare() {
    Random random = new Random(5);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    segmenter = new Segmenter(new LogMel(0.01), hopMillis * (LogMel.SAMPLE_RATE / 1000), "run");
  }

  @Benchmark
  public long stream() {
    for (int frame = 0; frame < FRAMES; frame++) {
      segmenter.add(
          position, position * 125 / 2, samples, FRAME_SAMPLES, (segment, patch) -> segments++);
      position += FRAME_SAMPLES;
    }
    return segments;
  }
}
