package io.earshot.detector.app;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.feature.Segment;
import java.util.concurrent.atomic.LongAdder;

/** Counts what has been cut and what has been scored. */
final class BenchMetrics implements PipelineMetrics {
  private final LongAdder patches = new LongAdder();
  private final LongAdder scored = new LongAdder();
  private final LongAdder batches = new LongAdder();

  @Override
  public void patch(String stream, Segment segment) {
    patches.increment();
  }

  @Override
  public void batch(int count, long nanos) {
    scored.add(count);
    batches.increment();
  }

  long patches() {
    return patches.sum();
  }

  long scored() {
    return scored.sum();
  }

  long batches() {
    return batches.sum();
  }
}
