package io.earshot.detector.app;

import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.RoleAssignor;
import io.earshot.detector.broker.SteadyTime;
import io.earshot.detector.broker.Takeover;
import io.earshot.detector.broker.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the segment and event topologies on Kafka Streams. Their state is in memory and in the
 * changelogs: nothing is written to this machine's disk.
 */
final class StreamsRunner implements RunningStage {
  /** Also the consumer group of both topologies, whichever of them a process takes on. */
  static final String APPLICATION = "earshot-detector";

  private static final Logger log = LoggerFactory.getLogger(StreamsRunner.class);
  private static final long COMMIT_WITHOUT_RESULTS_MILLIS = 500;
  private static final long POLL_MILLIS = 10;
  private static final long REPLACE_MILLIS = 500;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

  private StreamsRunner(KafkaStreams streams) {
    this.streams = streams;
  }

  /**
   * @param topics the topologies' sources that this process takes on
   */
  static StreamsRunner start(
      Config config, Map<String, Object> kafka, Topology topology, Set<String> topics) {
    Properties settings = settings(config, kafka);
    RoleAssignor.configure(settings, topics);
    KafkaStreams streams = new KafkaStreams(topology, settings, SteadyTime.start());
    StreamsRunner runner = new StreamsRunner(streams);
    streams.setUncaughtExceptionHandler(runner::onException);
    streams.start();
    return runner;
  }

  @Override
  public CompletableFuture<Throwable> failed() {
    return failed;
  }

  @Override
  public String problem() {
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.RUNNING ? null : "Kafka Streams is " + state;
  }

  /** Leaves the group, so that the next start need not wait for this one to be missed. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT));
  }

  private StreamThreadExceptionResponse onException(Throwable e) {
    Throwable passing = PassingFailure.in(e);
    if (passing != null) {
      log.warn("a stream thread is replaced after: {}", passing.getMessage());
      pause();
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    failed.complete(e);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** What fails again at once is not to take a core and the group's time. */
  private static void pause() {
    try {
      Thread.sleep(REPLACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Properties settings(Config config, Map<String, Object> kafka) {
    Properties settings = new Properties();
    settings.putAll(kafka);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
    if (config.kafka().exactlyOnce()) {
      putExactlyOnce(settings, config.kafka().commitInterval().toMillis());
    } else {
      putAtLeastOnce(settings, config.kafka().commitInterval().toMillis());
    }
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.segments().threads());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    settings.put(StreamsConfig.topicPrefix(Topics.AHEAD_OF_CLOCK), Long.MAX_VALUE);
    settings.put(consumer(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 50);
    settings.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), Takeover.SESSION_MILLIS);
    settings.put(consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), Takeover.HEARTBEAT_MILLIS);
    settings.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
    // More in flight loses order, and with it batches, on topics and transactions that have just
    // begun (KAFKA-15591 and kin, Kafka 4.3.1).
    settings.put(producer(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    return settings;
  }

  /** Results are committed by {@link PromptCommits}; what is between them can wait longer. */
  private static void putExactlyOnce(Properties settings, long commitMillis) {
    long withoutResults = Math.max(commitMillis, COMMIT_WITHOUT_RESULTS_MILLIS);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, withoutResults);
    settings.put(
        producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Takeover.transactionMillis(withoutResults));
    // Nobody sees results before their commit, which sends what is left.
    settings.put(producer(ProducerConfig.LINGER_MS_CONFIG), commitMillis);
    // A wait for records is as long as a commit that is due has to wait.
    settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
  }

  private static void putAtLeastOnce(Properties settings, long commitMillis) {
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
    settings.put(producer(ProducerConfig.LINGER_MS_CONFIG), 5);
  }

  private static String consumer(String key) {
    return StreamsConfig.consumerPrefix(key);
  }

  private static String producer(String key) {
    return StreamsConfig.producerPrefix(key);
  }
}
