package io.earshot.detector.app;

import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Takeover;
import io.earshot.detector.broker.Topics;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told for the segment and event topologies. */
final class StreamsSettings {
  private static final long COMMIT_WITHOUT_RESULTS_MILLIS = 500;
  private static final long POLL_MILLIS = 10;
  private static final int CHANGELOG_FILE_BYTES = 32 << 20;
  private static final long HOUR_MILLIS = 3_600_000;

  /** Longer than anybody reads. */
  private static final long MARK_MILLIS = 600_000;

  private StreamsSettings() {}

  static Properties of(Config config, Map<String, Object> kafka) {
    Properties settings = new Properties();
    settings.putAll(kafka);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, StreamsRunner.APPLICATION);
    if (config.kafka().exactlyOnce()) {
      putExactlyOnce(settings, config.kafka().commitInterval().toMillis());
    } else {
      putAtLeastOnce(settings, config.kafka().commitInterval().toMillis());
    }
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.segments().threads());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    putChangelogs(settings);
    settings.put(consumer(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 50);
    settings.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), Takeover.SESSION_MILLIS);
    settings.put(consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), Takeover.HEARTBEAT_MILLIS);
    settings.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
    // More in flight loses order, and with it batches, on topics and transactions that have just
    // begun (KAFKA-15591 and kin, Kafka 4.3.1).
    settings.put(producer(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    return settings;
  }

  /**
   * A changelog is read whole by whoever takes over a partition, and holds a stream's sound until
   * it is compacted. Kafka compacts whole files, by default of 1 GiB, and then keeps a mark of each
   * frame that is gone for a day.
   */
  private static void putChangelogs(Properties settings) {
    settings.put(topic(TopicConfig.SEGMENT_BYTES_CONFIG), CHANGELOG_FILE_BYTES);
    settings.put(topic(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG), 0.25);
    settings.put(topic(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG), HOUR_MILLIS);
    settings.put(topic(TopicConfig.DELETE_RETENTION_MS_CONFIG), MARK_MILLIS);
    settings.put(topic(Topics.AHEAD_OF_CLOCK), Long.MAX_VALUE);
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

  private static String topic(String key) {
    return StreamsConfig.topicPrefix(key);
  }

  private static String consumer(String key) {
    return StreamsConfig.consumerPrefix(key);
  }

  private static String producer(String key) {
    return StreamsConfig.producerPrefix(key);
  }
}
