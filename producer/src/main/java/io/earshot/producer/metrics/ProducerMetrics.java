package io.earshot.producer.metrics;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.spool.SpoolMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a producer counts of the frames that it sends.
 *
 * <pre>{@code
 * ProducerMetrics metrics = new ProducerMetrics(registry, 200);
 * FrameSink counted = metrics.counting(publisher);
 * counted.publish(frame);
 * }</pre>
 *
 * <p>Any number of threads; a frame of a stream that was seen before allocates nothing.
 */
public final class ProducerMetrics {
  /** As the detector's, whose streams time out after a minute by default. */
  private static final Duration KEPT = Duration.ofMinutes(6);

  private static final double FULL_SCALE = 32_768;
  private static final double SILENCE_DBFS = -127;

  /**
   * Of one stream.
   *
   * @param level null of those that share their series
   */
  private record Series(
      String stream, Counter.Child frames, Counter.Child bytes, Gauge.Child level) {
    void sent(Frame frame) {
      frames.inc();
      bytes.inc(frame.pcm().length);
      if (level != null && frame.encoding() == Encoding.S16LE && frame.samples() > 0) {
        level.set(dbfs(frame.pcm()));
      }
    }
  }

  private final CollectorRegistry registry;
  private final Counter frames;
  private final Counter bytes;
  private final Counter failures;
  private final Gauge level;
  private final StreamTable<Series> streams;

  /**
   * Metrics that have counted nothing yet.
   *
   * @param most streams that are told apart
   */
  public ProducerMetrics(CollectorRegistry registry, int most) {
    this(registry, most, KEPT);
  }

  /**
   * As above.
   *
   * @param kept how long a stream's series stay after its last frame
   */
  ProducerMetrics(CollectorRegistry registry, int most, Duration kept) {
    this.registry = registry;
    frames =
        Counter.build(
                "earshot_producer_frames_total",
                "Frames handed on to Kafka, or to the spool before it.")
            .labelNames("stream")
            .withoutExemplars()
            .register(registry);
    bytes =
        Counter.build("earshot_producer_bytes_total", "Bytes of sound in these frames.")
            .labelNames("stream")
            .withoutExemplars()
            .register(registry);
    failures =
        Counter.build(
                "earshot_producer_send_failures_total",
                "Sends to Kafka that failed; with a spool they are repeated.")
            .withoutExemplars()
            .register(registry);
    level =
        Gauge.build("earshot_producer_level_dbfs", "Level of the last frame, dB of full scale.")
            .labelNames("stream")
            .register(registry);
    streams = new StreamTable<>(most, kept, this::open, this::close);
    new StreamSweep(streams).register(registry);
  }

  /** Counts what becomes of frames that go through a spool; for one spool. */
  public SpoolMetrics spool() {
    return new SpoolCounts(registry, failures);
  }

  /** Counts what goes to another sink, and what it refuses. */
  public FrameSink counting(FrameSink sink) {
    return new FrameSink() {
      @Override
      public void publish(Frame frame) throws IOException {
        try {
          sink.publish(frame);
        } catch (IOException e) {
          failures.inc();
          throw e;
        }
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        streams.get(frame.stream(), now).sent(frame);
      }

      @Override
      public void flush() throws IOException {
        try {
          sink.flush();
        } catch (IOException e) {
          failures.inc();
          throw e;
        }
      }

      @Override
      public void close() throws IOException {
        sink.close();
      }
    };
  }

  private Series open(String stream) {
    Gauge.Child single = stream.equals(StreamTable.OTHER) ? null : level.labels(stream);
    return new Series(stream, frames.labels(stream), bytes.labels(stream), single);
  }

  private void close(Series series) {
    frames.remove(series.stream);
    bytes.remove(series.stream);
    level.remove(series.stream);
  }

  /** The level of 16-bit samples, little-endian. */
  static double dbfs(byte[] pcm) {
    double sum = 0;
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      double sample = (short) ((pcm[i] & 0xff) | (pcm[i + 1] << 8)) / FULL_SCALE;
      sum += sample * sample;
    }
    double mean = 2 * sum / pcm.length;
    return mean == 0 ? SILENCE_DBFS : Math.max(SILENCE_DBFS, 10 * Math.log10(mean));
  }
}
