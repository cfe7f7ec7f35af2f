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
import org.apache.kafka.common.errors.AuthenticationException;

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
            Topics.CANDIDATES, keep.candidates(),
            Topics.DEAD_LETTERS, keep.deadLetters());
    try (Admin admin = admin(kafka)) {
      Topics.create(admin, config.kafka().partitions(), retention);
    } catch (BrokerException e) {
      Object servers = kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
      throw UserException.failed("Kafka at %s: %s".formatted(servers, why(e, kafka)), e);
    }
  }

  /** Finds out, without asking Kafka, whether a client can be made of the settings. */
  static void checkSettings(Map<String, Object> kafka) throws UserException {
    admin(kafka).close(Duration.ZERO);
  }

  private static Admin admin(Map<String, Object> kafka) throws UserException {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      // Not a matter of the network: a client cannot be made of these settings.
      throw UserException.wrongUse("Kafka's client: " + reason(e, kafka), e);
    }
  }

  /** Whether {@link #run} failed because nobody answered, and may be tried again. */
  static boolean isUnanswered(UserException e) {
    return e.getCause() instanceof BrokerException unanswered
        && !(unanswered.getCause() instanceof AuthenticationException);
  }

  private static String why(BrokerException e, Map<String, Object> kafka) {
    return e.getCause() instanceof AuthenticationException refused
        ? reason(refused, kafka)
        : Secrets.hidden(e.getMessage(), kafka)
            + "; ./earshot broker starts one, --bootstrap-servers names another";
  }

  /** What failed, and why: Kafka wraps that up, and the deepest causes are those of the JDK. */
  private static String reason(KafkaException e, Map<String, Object> kafka) {
    String reason = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
      boolean said = reason.contains(message) || message.startsWith("Failed to create new ");
      if (reason.isEmpty() && !said) {
        reason = message;
      } else if (!said) {
        reason += ": " + message;
        break;
      }
    }
    return Secrets.hidden(reason, kafka);
  }
}
