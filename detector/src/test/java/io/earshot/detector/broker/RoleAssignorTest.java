package io.earshot.detector.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.AssignmentConfigs;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignmentUtils;
import org.apache.kafka.streams.processor.assignment.TaskAssignor.AssignmentError;
import org.apache.kafka.streams.processor.assignment.TaskAssignor.TaskAssignment;
import org.apache.kafka.streams.processor.assignment.TaskInfo;
import org.apache.kafka.streams.processor.assignment.TaskTopicPartition;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class RoleAssignorTest {
  private static final int PARTITIONS = 4;
  private static final String FRAMES = Topics.FRAMES;
  private static final String SCORES = Topics.SCORES;

  private final Group group = new Group();

  @Test
  void oneProcessOfAllRolesHasAllTasks() {
    group.add("all", 1, FRAMES, SCORES);
    assertThat(assign()).containsOnly(Map.entry("all", tasks("0_0 0_1 0_2 0_3 1_0 1_1 1_2 1_3")));
  }

  @Test
  void eachTaskGoesToAProcessThatTakesItOn() {
    group.add("segment", 1, FRAMES);
    group.add("event", 1, SCORES);
    assertThat(assign())
        .containsOnly(
            Map.entry("segment", tasks("0_0 0_1 0_2 0_3")),
            Map.entry("event", tasks("1_0 1_1 1_2 1_3")));
  }

  @Test
  void processesOfOneRoleShareItsTasks() {
    group.add("first", 1, FRAMES);
    group.add("second", 1, FRAMES);
    group.add("all", 1, FRAMES, SCORES);
    Map<String, Set<TaskId>> shares = assign();
    assertThat(shares.get("all")).containsAll(tasks("1_0 1_1 1_2 1_3"));
    for (String name : Set.of("first", "second", "all")) {
      assertThat(shares.get(name)).filteredOn(task -> task.subtopology() == 0).hasSizeBetween(1, 2);
    }
    assertThat(shares.values().stream().mapToInt(Set::size).sum()).isEqualTo(2 * PARTITIONS);
  }

  @Test
  void tasksThatNobodyTakesOnWait() {
    group.add("event", 1, SCORES);
    assertThat(assign()).containsOnly(Map.entry("event", tasks("1_0 1_1 1_2 1_3")));
  }

  @Test
  void tasksStayWhereTheyWere() {
    group.add("first", 1, FRAMES).before("0_1 0_3");
    group.add("second", 1, FRAMES).before("0_0 0_2");
    group.add("event", 1, SCORES).before("1_0 1_1 1_2 1_3");
    assertThat(assign())
        .containsOnly(
            Map.entry("first", tasks("0_1 0_3")),
            Map.entry("second", tasks("0_0 0_2")),
            Map.entry("event", tasks("1_0 1_1 1_2 1_3")));
  }

  /** The process that had done all is started anew with one role, beside a process of the other. */
  @Test
  void tasksLeaveAProcessThatTakesThemOnNoMore() {
    group.add("segment", 1, FRAMES).before("0_0 0_1 0_2 0_3 1_0 1_1 1_2 1_3");
    group.add("event", 1, SCORES);
    assertThat(assign())
        .containsOnly(
            Map.entry("segment", tasks("0_0 0_1 0_2 0_3")),
            Map.entry("event", tasks("1_0 1_1 1_2 1_3")));
  }

  @Test
  void aProcessIsConfiguredForItsTopics() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    RoleAssignor.configure(settings, Set.of(SCORES));
    StreamsConfig config = new StreamsConfig(settings);
    assertThat(config.getClientTags()).containsOnlyKeys(SCORES);
    assertThat(config.getString(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG))
        .isEqualTo(RoleAssignor.class.getName());
  }

  /** What Kafka Streams has no objection to, by process. */
  private Map<String, Set<TaskId>> assign() {
    TaskAssignment assignment = new RoleAssignor().assign(group);
    assertThat(TaskAssignmentUtils.validateTaskAssignment(group, assignment))
        .isEqualTo(AssignmentError.NONE);
    Map<String, Set<TaskId>> shares = new TreeMap<>();
    for (KafkaStreamsAssignment share : assignment.assignment()) {
      assertThat(share.tasks().values())
          .allMatch(task -> task.type() == KafkaStreamsAssignment.AssignedTask.Type.ACTIVE);
      shares.put(group.names.get(share.processId()), share.tasks().keySet());
    }
    return shares;
  }

  private static SortedSet<TaskId> tasks(String ids) {
    return Arrays.stream(ids.split(" "))
        .map(TaskId::parse)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Our application: four tasks that cut segments, and four that follow events. */
  private static final class Group implements ApplicationState {
    private final Map<ProcessId, String> names = new LinkedHashMap<>();
    private final Map<ProcessId, KafkaStreamsState> processes = new LinkedHashMap<>();

    Member add(String name, int threads, String... topics) {
      ProcessId id = new ProcessId(UUID.nameUUIDFromBytes(name.getBytes()));
      Member member = new Member(id, threads, Set.of(topics), new TreeSet<>());
      names.put(id, name);
      processes.put(id, member);
      return member;
    }

    @Override
    public Map<ProcessId, KafkaStreamsState> kafkaStreamsStates(boolean computeTaskLags) {
      return processes;
    }

    @Override
    public AssignmentConfigs assignmentConfigs() {
      return AssignmentConfigs.of(
          new StreamsConfig(
              Map.of(
                  StreamsConfig.APPLICATION_ID_CONFIG,
                  "test",
                  StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                  "127.0.0.1:1")));
    }

    @Override
    public Map<TaskId, TaskInfo> allTasks() {
      Map<TaskId, TaskInfo> tasks = new TreeMap<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        tasks.put(new TaskId(0, partition), new Task(new TaskId(0, partition), FRAMES));
        tasks.put(new TaskId(1, partition), new Task(new TaskId(1, partition), SCORES));
      }
      return tasks;
    }
  }

  private record Member(
      ProcessId processId, int threads, Set<String> topics, SortedSet<TaskId> previousActiveTasks)
      implements KafkaStreamsState {
    void before(String ids) {
      previousActiveTasks.addAll(tasks(ids));
    }

    @Override
    public int numProcessingThreads() {
      return threads;
    }

    @Override
    public SortedSet<String> consumerClientIds() {
      return new TreeSet<>(Set.of(processId + "-consumer"));
    }

    @Override
    public SortedSet<TaskId> previousStandbyTasks() {
      return new TreeSet<>();
    }

    @Override
    public long lagFor(TaskId task) {
      return 0;
    }

    @Override
    public SortedSet<TaskId> prevTasksByLag(String consumerClientId) {
      return previousActiveTasks;
    }

    @Override
    public Map<TaskId, Long> statefulTasksToLagSums() {
      return Map.of();
    }

    @Override
    public Optional<HostInfo> hostInfo() {
      return Optional.empty();
    }

    @Override
    public Map<String, String> clientTags() {
      return topics.stream().collect(Collectors.toMap(topic -> topic, topic -> "1"));
    }

    @Override
    public Optional<String> rackId() {
      return Optional.empty();
    }
  }

  private record Task(TaskId id, String topic) implements TaskInfo {
    @Override
    public boolean isStateful() {
      return true;
    }

    @Override
    public Set<String> stateStoreNames() {
      return Set.of("store");
    }

    @Override
    public Set<TaskTopicPartition> topicPartitions() {
      return Set.of(
          new Place(new TopicPartition(topic, id.partition()), false),
          new Place(new TopicPartition("test-store-changelog", id.partition()), true));
    }
  }

  private record Place(TopicPartition topicPartition, boolean isChangelog)
      implements TaskTopicPartition {
    @Override
    public boolean isSource() {
      return !isChangelog;
    }

    @Override
    public Optional<Set<String>> rackIds() {
      return Optional.empty();
    }
  }
}
