package io.earshot.detector.app;

import io.earshot.detector.broker.RoleAssignor;
import io.earshot.detector.broker.SteadyTime;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
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
    Properties settings = StreamsSettings.of(config, kafka);
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
}
