package io.earshot.benchmarks;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/** The samples of one frame of 100 ms, from bytes to floats, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FrameBenchmark {
  private static final int SAMPLES = Frame.RATE / 10;

  @Param public Encoding encoding;

  private Frame frame;
  private final float[] samples = new float[SAMPLES];

  /** Makes the frame. */
  @Setup
  public void prepare() {
    ByteBuffer pcm = ByteBuffer.allocate(SAMPLES * encoding.bytesPerSample());
    pcm.order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(5);
    while (pcm.hasRemaining()) {
      double sample = 0.1 * random.nextGaussian();
      switch (encoding) {
        case S16LE -> pcm.putShort((short) (sample * 32_768));
        case F32LE -> pcm.putFloat((float) sample);
      }
    }
    frame = new Frame("mic", "", 0, 0, encoding, pcm.array(), false);
  }

  @Benchmark
  public float[] decode() {
    frame.decode(samples, 0);
    return samples;
  }
}
