package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.models.onnx.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code config/earshot.yaml}, checked. Each key is explained there; {@link ConfigFile} reads it.
 */
@JsonNaming(SnakeCaseStrategy.class)
record Config(
    Kafka kafka,
    Broker broker,
    List<SourceConfig> streams,
    IngestConfig ingest,
    SpoolConfig spool,
    Model model,
    DetectorConfig detector,
    Stream stream,
    Segments segments,
    Inference inference,
    EventsConfig events,
    AlertsConfig alerts,
    WebConfig web,
    ClipsConfig clips,
    MetricsConfig metrics) {

  Config {
    streams = SourceConfig.checked(streams);
  }

  Config with(Kafka other) {
    return with(other, inference);
  }

  /** The same for a private broker: the past stays in its order, however old it is. */
  Config replaying() {
    return with(kafka.replaying());
  }

  /** The same, except that nothing is ever shed. */
  Config waiting() {
    return with(kafka, inference.waiting());
  }

  private Config with(Kafka itsKafka, Inference itsInference) {
    return new Config(
        itsKafka,
        broker,
        streams,
        ingest,
        spool,
        model,
        detector,
        stream,
        segments,
        itsInference,
        events,
        alerts,
        web,
        clips,
        metrics);
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Kafka(
      String bootstrapServers,
      Delivery delivery,
      Duration commitInterval,
      int partitions,
      Map<String, String> client,
      Retention retention) {
    Kafka {
      Check.that("delivery", delivery != null, "exactly_once or at_least_once");
      Check.between("commit_interval", commitInterval, "10ms", "10s");
      Check.between("partitions", partitions, 1, 1000);
      boolean values = client == null || client.values().stream().allMatch(v -> v != null);
      Check.that("client", values, "settings of Kafka's clients, each with a value");
      client = client == null ? Map.of() : Map.copyOf(client);
      new TreeMap<>(client).forEach(Check::client);
    }

    Kafka with(String servers, Map<String, String> clientSettings) {
      return new Kafka(servers, delivery, commitInterval, partitions, clientSettings, retention);
    }

    private Kafka replaying() {
      return new Kafka(bootstrapServers, delivery, commitInterval, 1, client, Retention.LONGEST);
    }

    boolean exactlyOnce() {
      return delivery == Delivery.EXACTLY_ONCE;
    }
  }

  /** What a crash may do to events. */
  enum Delivery {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Retention(
      Duration frames,
      Duration patches,
      Duration scores,
      Duration events,
      Duration candidates,
      Duration deadLetters) {
    private static final Duration MOST = Duration.ofDays(3650);
    private static final Retention LONGEST = new Retention(MOST, MOST, MOST, MOST, MOST, MOST);

    Retention {
      Check.between("frames", frames, "1m", "3650d");
      Check.between("patches", patches, "1m", "3650d");
      Check.between("scores", scores, "1m", "3650d");
      Check.between("events", events, "1m", "3650d");
      Check.between("candidates", candidates, "1m", "3650d");
      Check.between("dead_letters", deadLetters, "1m", "3650d");
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Broker(String directory, String listen, int port) {
    Broker {
      Check.notEmpty("directory", directory);
      Check.address("listen", listen);
      Check.between("port", port, 1, 65_535);
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Model(String name, String directory) {
    Model {
      Check.notEmpty("name", name);
      Check.notEmpty("directory", directory);
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Stream(Duration timeout) {
    Stream {
      Check.between("timeout", timeout, "1s", "1d");
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Segments(Duration hop, int threads) {
    private static final List<Long> HOPS = List.of(960L, 480L, 240L);

    Segments {
      Check.that("hop", hop != null && HOPS.contains(hop.toMillis()), "960ms, 480ms or 240ms");
      Check.between("threads", threads, 1, 64);
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Inference(
      Provider provider,
      int threads,
      int maxBatch,
      Duration linger,
      int ring,
      Overload overload,
      int backlog) {
    Inference {
      Check.that("provider", provider != null, "auto or cpu or cuda");
      Check.between("threads", threads, 0, 256);
      Check.between("max_batch", maxBatch, 1, 256);
      Check.between("linger", linger, "0ms", "1s");
      boolean powerOfTwo = Integer.bitCount(ring) == 1 && ring >= 16 && ring <= 4096;
      Check.that("ring", powerOfTwo, "a power of two from 16 to 4096");
      Check.that("ring", ring >= maxBatch, "at least max_batch");
      Check.that("overload", overload != null, "wait or shed");
      Check.between("backlog", backlog, 16, 65_536);
    }

    private Inference waiting() {
      return new Inference(provider, threads, maxBatch, linger, ring, Overload.WAIT, backlog);
    }
  }

  /** What becomes of patches that come faster than the network scores them. */
  enum Overload {
    /** They stay in Kafka. */
    WAIT,
    /** The oldest of the streams with the most are passed over. */
    SHED
  }
}
