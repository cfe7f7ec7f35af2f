package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was heard is decided anew, by other rules and by another model, and nothing is written. */
class ReplayIT {
  private static final Path DOG = Shared.path("golden/dog.wav");

  @TempDir private static Path folder;
  private static String kafka;
  private static EarshotProcess broker;

  @BeforeAll
  static void hearADog() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    kafka = "127.0.0.1:" + port;
    broker =
        EarshotProcess.start(
            "broker", "--port", Integer.toString(port), "--directory", folder.toString());
    broker.awaitErr(line -> line.startsWith("Kafka at " + kafka), 60);
    try (EarshotProcess detector = EarshotProcess.start("detector", "--bootstrap-servers", kafka);
        EarshotProcess producer =
            EarshotProcess.start(
                "producer", "--bootstrap-servers", kafka, "--stream", "yard", DOG.toString());
        EarshotProcess events =
            EarshotProcess.start("events", "--bootstrap-servers", kafka, "--from-beginning")) {
      assertThat(producer.waitFor(60)).as("%s", producer).isZero();
      events.awaitOut(line -> line.contains("closed") && line.contains("Dog"), 90);
      detector.interrupt();
      assertThat(detector.waitFor(40)).isZero();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void theSameDecisionsMakeTheSameEventsAndNothingIsWritten() throws Exception {
    Map<?, Long> before = ends();
    List<String> out = replay();
    assertThat(out)
        .singleElement()
        .asString()
        .matches("gained 0, lost 0, changed 0, the same [1-9]\\d*");
    assertThat(ends()).isEqualTo(before);
  }

  @Test
  void stricterRulesLoseEventsAndSayWhy() throws Exception {
    List<String> out = replay("--set", "events.Dog.n_of_m=20 of 20");
    assertThat(out).anyMatch(line -> line.matches("- .*  yard  .*  Dog: below_n_of_m"));
    assertThat(out).noneMatch(line -> line.startsWith("+"));
  }

  @Test
  void softerRulesGainEvents() throws Exception {
    List<String> out = replay("--set", "events.defaults.onset=0.02", "--format", "jsonl");
    assertThat(out)
        .anyMatch(line -> line.startsWith("{\"change\":\"gained\",\"before\":null,\"after\":{"));
    assertThat(out).noneMatch(line -> line.startsWith("{\"change\":\"lost\""));
  }

  @Test
  void anotherModelHearsTheSoundAnew() throws Exception {
    Map<?, Long> before = ends();
    List<String> out = replay("--model", Shared.base().toString());
    assertThat(out).anyMatch(line -> line.matches("\\+ .*  yard  .*  dog_bark"));
    assertThat(out).anyMatch(line -> line.matches("- .*  yard  .*  Dog"));
    assertThat(ends()).isEqualTo(before);
  }

  @Test
  void theSoundItselfTellsTheSameWhereItIsCutAlike() throws Exception {
    List<String> out = replay("--sound");
    assertThat(out).singleElement().asString().startsWith("gained 0, lost 0, ");
  }

  @Test
  void anotherStreamWasNotHeard() throws Exception {
    try (EarshotProcess replay = start("--stream", "street")) {
      assertThat(replay.waitFor(60)).isEqualTo(UserException.FAILED);
      assertThat(replay.err()).anyMatch(line -> line.contains("no sound are kept from"));
    }
  }

  @Test
  void aLabelThatTheModelHasNotIsNamed() throws Exception {
    try (EarshotProcess replay = start("--set", "events.labels.Dgo.onset=0.4")) {
      assertThat(replay.waitFor(60)).isEqualTo(UserException.WRONG_USE);
      assertThat(replay.err()).anyMatch(line -> line.contains("Dgo") && line.contains("Dog"));
    }
  }

  private static List<String> replay(String... more) throws Exception {
    try (EarshotProcess replay = start(more)) {
      assertThat(replay.waitFor(90)).as("%s", replay).isZero();
      return replay.out();
    }
  }

  private static EarshotProcess start(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("replay", "--bootstrap-servers", kafka, "--from", "1h"));
    arguments.addAll(List.of(more));
    return EarshotProcess.start(arguments.toArray(String[]::new));
  }

  private static Map<?, Long> ends() {
    try (Consumer<byte[], byte[]> consumer =
        JsonReader.consumer(Map.of("bootstrap.servers", kafka))) {
      return consumer.endOffsets(
          List.of(Topics.FRAMES, Topics.PATCHES, Topics.SCORES, Topics.EVENTS, Topics.CANDIDATES)
              .stream()
              .flatMap(topic -> JsonReader.partitions(consumer, topic).stream())
              .toList());
    }
  }
}
