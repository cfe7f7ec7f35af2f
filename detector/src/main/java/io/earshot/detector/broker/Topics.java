package io.earshot.detector.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics between the stages; made before anyone writes to them. */
public final class Topics {
  public static final String FRAMES = "earshot.frames";
  public static final String PATCHES = "earshot.patches";
  public static final String SCORES = "earshot.scores";
  public static final String EVENTS = "earshot.events";
  public static final String CANDIDATES = "earshot.candidates";
  public static final String DEAD_LETTERS = "earshot.dead-letters";

  private static final List<String> ALL =
      List.of(FRAMES, PATCHES, SCORES, EVENTS, CANDIDATES, DEAD_LETTERS);

  /**
   * Capture times are a source's word: a file streamed faster than real time is ahead of the clock,
   * and brokers refuse records over an hour ahead unless told otherwise.
   */
  public static final String AHEAD_OF_CLOCK = "message.timestamp.after.max.ms";

  private static final long TIMEOUT_SECONDS = 15;

  /** A partition's, in the time for which it keeps its records. */
  private static final int FILES = 8;

  private static final long SHORTEST_FILE_MILLIS = 60_000;

  private Topics() {}

  /**
   * Creates the topics that are not there yet; existing ones stay as they are.
   *
   * @param retention how long each topic keeps its records, and up to an eighth longer; the
   *     broker's default for one not named
   * @throws BrokerException if Kafka does not answer or refuses
   */
  public static void create(Admin admin, int partitions, Map<String, Duration> retention)
      throws BrokerException {
    try {
      Set<String> there = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      for (String name : ALL) {
        if (!there.contains(name)) {
          missing.add(topic(name, partitions, retention.get(name)));
        }
      }
      admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // Another role that starts at the same moment may have been first.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw unanswered(e.getCause());
      }
    } catch (TimeoutException e) {
      throw unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while making the topics", e);
    }
  }

  private static BrokerException unanswered(Throwable reason) {
    boolean late =
        reason instanceof TimeoutException
            || reason instanceof org.apache.kafka.common.errors.TimeoutException;
    return new BrokerException(late ? "nobody answers" : reason.getMessage(), reason);
  }

  private static NewTopic topic(String name, int partitions, Duration retention) {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
    Map<String, String> settings = new HashMap<>();
    settings.put(AHEAD_OF_CLOCK, Long.toString(Long.MAX_VALUE));
    if (retention != null) {
      settings.put("retention.ms", Long.toString(retention.toMillis()));
      // Kafka deletes whole files, and by default begins a new one after 1 GiB or a week: sound
      // would stay for days.
      long file = Math.max(SHORTEST_FILE_MILLIS, retention.toMillis() / FILES);
      settings.put("segment.ms", Long.toString(file));
    }
    return topic.configs(settings);
  }
}
