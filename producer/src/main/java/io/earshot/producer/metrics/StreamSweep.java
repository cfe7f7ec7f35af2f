package io.earshot.producer.metrics;

import io.prometheus.client.Collector;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sweeps a table of streams whenever metrics are read; tells nothing itself. What the sweep takes
 * away may be told once more, if its family was read before.
 */
public final class StreamSweep extends Collector {
  private final StreamTable<?> streams;

  /**
   * A sweep that is yet to be registered.
   *
   * @param streams heard by {@link System#nanoTime()}
   */
  public StreamSweep(StreamTable<?> streams) {
    this.streams = streams;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    streams.sweep(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    return List.of();
  }
}
