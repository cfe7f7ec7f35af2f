package io.earshot.detector.event;

import io.earshot.models.feature.Segment;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/**
 * One segment's scores through the tracker: a hundredth of them above their threshold, another one
 * above half of it. In the tracker's own package, which shows its state to nobody else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrackerBenchmark {
  private static final int SEGMENTS = 64;

  @Param({"14", "521"})
  public int classes;

  private EventTracker tracker;
  private float[][] scores;
  private TrackerState state = TrackerState.EMPTY;
  private long index;

  /** Makes the scores. */
  @Setup
  public void prepare() {
    tracker =
        new EventTracker(
            new EventRules(
                new Event.Model("benchmark", "1"),
                IntStream.range(0, classes)
                    .mapToObj(i -> new EventRules.Rule("label " + i, 0.5f))
                    .toList()));
    Random random = new Random(3);
    scores = new float[SEGMENTS][classes];
    for (float[] segment : scores) {
      for (int i = 0; i < classes; i++) {
        segment[i] = score(random);
      }
    }
  }

  private static float score(Random random) {
    float kind = random.nextFloat();
    float part = random.nextFloat();
    if (kind < 0.98f) {
      return part / 4;
    }
    return kind < 0.99f ? (1 + part) / 4 : (1 + part) / 2;
  }

  @Benchmark
  public Object track() {
    Segment segment = new Segment("run", index, index * 960_000, 1, -30);
    EventTracker.Tracked tracked =
        tracker.track(state, "stream", segment, scores[(int) (index % SEGMENTS)]);
    state = tracked.state();
    index++;
    return tracked;
  }
}
