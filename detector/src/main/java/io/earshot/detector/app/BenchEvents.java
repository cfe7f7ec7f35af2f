package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.bench.CaptureClock;
import io.earshot.detector.broker.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A subscriber that notes how late each event of the streams that are being timed comes. */
final class BenchEvents implements AutoCloseable {
  private static final long CLOSE_MILLIS = 5_000;

  /** An event's streams and clock, while they are timed. */
  private record Timed(String prefix, CaptureClock clock, long frames, Histogram latencies) {}

  private final Thread thread;
  private volatile Timed timed;
  private volatile boolean closed;

  BenchEvents(Map<String, Object> kafka) {
    thread = new Thread(() -> follow(kafka), "earshot-bench-events");
    thread.start();
  }

  /**
   * Times the events of the streams with this prefix from now on.
   *
   * @param frames sent in time; what the streams' end brings about is not timed
   * @return in nanoseconds; grows until {@link #stop}
   */
  Histogram time(String prefix, CaptureClock clock, long frames) {
    Histogram latencies = new Histogram(3);
    timed = new Timed(prefix, clock, frames, latencies);
    return latencies;
  }

  void stop() {
    timed = null;
  }

  private void follow(Map<String, Object> kafka) {
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(kafka)) {
      List<TopicPartition> partitions = JsonReader.partitions(consumer, Topics.EVENTS);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed) {
        var events = consumer.poll(Duration.ofMillis(100));
        long now = System.nanoTime();
        events.forEach(event -> note(event, now));
      }
    }
  }

  /** An event's record carries the start of the segment that caused it. */
  private void note(ConsumerRecord<byte[], byte[]> event, long now) {
    Timed current = timed;
    if (current != null
        && new String(event.key(), US_ASCII).startsWith(current.prefix)
        && current.clock.lastFrame(event.timestamp()) < current.frames) {
      long latency = current.clock.latencyNanos(event.timestamp(), now);
      current.latencies.recordValue(Math.max(0, latency));
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
