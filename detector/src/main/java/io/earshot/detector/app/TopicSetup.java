package io.earshot.detector.app;

import io.earshot.detector.broker.BrokerException;
import io.earshot.detector.broker.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
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
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    try (Admin admin = Admin.create(settings)) {
      Topics.create(admin, config.kafka().partitions(), retention);
    } catch (KafkaException e) {
      // Not a matter of the network: a client cannot be made of these settings.
      throw UserException.wrongUse("Kafka's client: " + Failure.oneLine(e), e);
    } catch (BrokerException e) {
      throw UserException.failed(
          "Kafka at %s: %s; ./earshot broker starts one, --bootstrap-servers names another"
              .formatted(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), e.getMessage()),
          e);
    }
  }
}
