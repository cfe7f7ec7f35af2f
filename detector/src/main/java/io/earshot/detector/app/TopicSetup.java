package io.earshot.detector.app;

import io.earshot.detector.broker.BrokerException;
import io.earshot.detector.broker.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Makes the topics as the configuration says. */
final class TopicSetup {
  private TopicSetup() {}

  static void run(Config config, Map<String, Object> kafka) throws UserException {
    Config.Retention keep = config.kafka().retention();
    Map<String, Duration> retention =
        Map.of(
            Topics.FRAMES, keep.frames(),
            Topics.PATCHES, keep.patches(),
            Topics.SCORES, keep.scores(),
            Topics.EVENTS, keep.events(),
            Topics.DEAD_LETTERS, keep.deadLetters());
    try (Admin admin = Admin.create(kafka)) {
      Topics.create(admin, config.kafka().partitions(), retention);
    } catch (BrokerException | KafkaException e) {
      throw UserException.failed(
          "Kafka at %s: %s (./earshot broker starts one, --bootstrap-servers names another)"
              .formatted(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), e.getMessage()),
          e);
    }
  }
}
