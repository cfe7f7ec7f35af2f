package io.earshot.benchmarks;

import io.earshot.producer.convert.Resampler;
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

/** 100 ms of sound from common rates to 16 kHz, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ResamplerBenchmark {
  /** Samples a second of the input. */
  @Param({"8000", "44100", "48000", "96000"})
  public int rate;

  private Resampler resampler;
  private float[] in;
  private float[] out;

  /** Makes the filter and the input. */
  @Setup
  public void prepare() {
    resampler = new Resampler(rate);
    in = new float[rate / 10];
    Random random = new Random(5);
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) (0.1 * random.nextGaussian());
    }
    out = new float[resampler.maxOutput(in.length)];
  }

  @Benchmark
  public int frame() {
    return resampler.resample(in, in.length, out);
  }
}
