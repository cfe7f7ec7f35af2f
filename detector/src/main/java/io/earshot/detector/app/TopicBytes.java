package io.earshot.detector.app;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;

/** How large each of Earshot's topics is in the logs of its brokers, its changelogs included. */
final class TopicBytes {
  private TopicBytes() {}

  static Map<String, Long> read(Map<String, Object> kafka) throws UserException {
    Map<String, Long> bytes = new HashMap<>();
    try (Admin admin = Admin.create(kafka)) {
      var brokers = admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
      for (var folders : admin.describeLogDirs(brokers).allDescriptions().get().values()) {
        for (LogDirDescription folder : folders.values()) {
          folder
              .replicaInfos()
              .forEach((partition, log) -> bytes.merge(partition.topic(), log.size(), Long::sum));
        }
      }
    } catch (ExecutionException e) {
      throw UserException.failed("Kafka: " + Failure.oneLine(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("interrupted", e);
    }
    bytes.keySet().removeIf(topic -> !topic.startsWith("earshot"));
    return bytes;
  }
}
