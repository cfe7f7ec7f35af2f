package io.earshot.detector.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.AssignmentConfigs;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment.AssignedTask;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;
import org.apache.kafka.streams.processor.assignment.TaskInfo;
import org.apache.kafka.streams.processor.assignment.assignors.StickyTaskAssignor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares out the tasks of a Kafka Streams application whose processes do not all take on the same
 * part of its topology (KIP-924). Among those that take on a topic its tasks are spread evenly, and
 * stay where they were as far as that allows.
 *
 * <pre>{@code
 * RoleAssignor.configure(settings, Set.of("earshot.frames"));
 * new KafkaStreams(topology, settings); // works on what comes from earshot.frames alone
 * }</pre>
 *
 * <p>Tasks of a topic that no process takes on wait for one. Kafka Streams makes one of these in
 * each process, and asks that of the group's leader at each rebalance.
 */
public final class RoleAssignor implements TaskAssignor {
  private static final Logger log = LoggerFactory.getLogger(RoleAssignor.class);
  private static final String YES = "1";

  private final TaskAssignor sticky = new StickyTaskAssignor();

  /** Has a process take on the tasks whose source is one of these topics. */
  public static void configure(Properties settings, Set<String> topics) {
    settings.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, RoleAssignor.class.getName());
    topics.forEach(topic -> settings.put(StreamsConfig.clientTagPrefix(topic), YES));
  }

  @Override
  public TaskAssignment assign(ApplicationState application) {
    Map<ProcessId, Set<AssignedTask>> shares = new HashMap<>();
    application
        .kafkaStreamsStates(false)
        .keySet()
        .forEach(process -> shares.put(process, new HashSet<>()));
    for (String topic : topics(application)) {
      Part part = new Part(application, topic);
      if (part.kafkaStreamsStates(false).isEmpty()) {
        log.info("{} waits: no detector takes it on yet", topic);
        continue;
      }
      for (KafkaStreamsAssignment share : sticky.assign(part).assignment()) {
        shares.get(share.processId()).addAll(share.tasks().values());
      }
    }
    List<KafkaStreamsAssignment> all =
        shares.entrySet().stream()
            .map(share -> KafkaStreamsAssignment.of(share.getKey(), share.getValue()))
            .toList();
    return new TaskAssignment(all);
  }

  private static Set<String> topics(ApplicationState application) {
    return application.allTasks().values().stream()
        .map(RoleAssignor::source)
        .collect(Collectors.toSet());
  }

  /** Each of our tasks has one. */
  private static String source(TaskInfo task) {
    return task.topicPartitions().stream()
        .filter(partition -> partition.isSource() && !partition.isChangelog())
        .map(partition -> partition.topicPartition().topic())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("task " + task.id() + " has no source"));
  }

  /** The application as if there were but one topic's tasks and those who take them on. */
  private record Part(ApplicationState whole, String topic) implements ApplicationState {
    @Override
    public Map<ProcessId, KafkaStreamsState> kafkaStreamsStates(boolean computeTaskLags) {
      return whole.kafkaStreamsStates(computeTaskLags).entrySet().stream()
          .filter(process -> process.getValue().clientTags().containsKey(topic))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public AssignmentConfigs assignmentConfigs() {
      return whole.assignmentConfigs();
    }

    @Override
    public Map<TaskId, TaskInfo> allTasks() {
      return whole.allTasks().entrySet().stream()
          .filter(task -> source(task.getValue()).equals(topic))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }
}
