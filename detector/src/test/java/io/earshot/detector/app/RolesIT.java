package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roles in processes of their own do what one process does, and any Kafka client joins in. */
class RolesIT {
  private static final Path DOG = Shared.path("golden/dog.wav");

  @TempDir Path folder;
  private String kafka;
  private EarshotProcess broker;
  private final List<EarshotProcess> detectors = new ArrayList<>();

  @BeforeEach
  void startBroker() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    kafka = "127.0.0.1:" + port;
    broker =
        EarshotProcess.start(
            "broker", "--port", Integer.toString(port), "--directory", folder.toString());
    broker.awaitErr(line -> line.startsWith("Kafka at " + kafka), 60);
  }

  /** Processes of these roles, side by side. */
  private void startDetectors(String... roles) throws Exception {
    for (String role : roles) {
      detectors.add(EarshotProcess.start("detector", "--bootstrap-servers", kafka, "--role", role));
    }
    for (EarshotProcess detector : detectors) {
      detector.awaitErr(line -> line.startsWith("Detecting with yamnet on Kafka at " + kafka), 60);
    }
  }

  /** Each ends as it should. */
  private void endDetectors() throws Exception {
    for (EarshotProcess detector : detectors) {
      detector.interrupt();
    }
    for (EarshotProcess detector : detectors) {
      assertThat(detector.waitFor(40)).as("%s", detector).isZero();
      assertThat(detector.err()).noneMatch(line -> line.matches(".*(WARN|ERROR|Exception).*"));
    }
  }

  @AfterEach
  void kill() {
    detectors.forEach(EarshotProcess::close);
    broker.close();
  }

  @Test
  void aProcessForEachRoleDoesWhatDetectDoes() throws Exception {
    startDetectors("segment", "inference", "event");
    try (EarshotProcess events =
            EarshotProcess.start(
                "events", "--bootstrap-servers", kafka, "--from-beginning", "--format", "jsonl");
        EarshotProcess detect =
            EarshotProcess.start("detect", "--format", "jsonl", DOG.toString())) {
      produce();
      assertThat(detect.waitFor(90)).as("%s", detect).isZero();
      Set<String> truth = labelsAndScores(detect.out());
      assertThat(truth).isNotEmpty();
      events.awaitOut(line -> events.out().size() >= truth.size(), 60);
      assertThat(labelsAndScores(events.out())).isEqualTo(truth);
      assertThat(events.out()).allMatch(line -> line.contains("\"stream\":\"yard\""));

      events.interrupt();
      assertThat(events.waitFor(20)).isZero();
      endDetectors();
      assertThat(detectors.get(0).err())
          .contains("Detecting with yamnet on Kafka at " + kafka + ", role segment; Ctrl-C ends.");
      broker.interrupt();
      assertThat(broker.waitFor(40)).isZero();
    }
  }

  @Test
  void kcatProducesFramesAndReadsEvents() throws Exception {
    requireKcat();
    startDetectors("all");
    byte[] wav = Files.readAllBytes(DOG);
    byte[] pcm = Arrays.copyOfRange(wav, wav.length - 2 * 80_016, wav.length);
    Path frame = folder.resolve("frame.pcm");
    Files.write(frame, pcm);
    try (EarshotProcess bad = kcat("-P", "-t", "earshot.frames", "-k", "not a stream id");
        EarshotProcess reader =
            kcat("-C", "-t", "earshot.events", "-o", "beginning", "-u", "-f", "%k %s\\n")) {
      bad.process().getOutputStream().write("xy\n".getBytes(US_ASCII));
      bad.process().getOutputStream().close();
      assertThat(bad.waitFor(30)).as("%s", bad).isZero();
      // One frame of five seconds with a key, and word that the stream ends with it.
      try (EarshotProcess sound =
          kcat("-P", "-t", "earshot.frames", "-k", "yard", "-H", "end=1", frame.toString())) {
        assertThat(sound.waitFor(30)).as("%s", sound).isZero();
      }
      String dog =
          reader.awaitOut(
              line ->
                  line.startsWith("yard {")
                      && line.contains(
                          "\"state\":\"closed\",\"stream\":\"yard\",\"label\":\"Dog\""),
              90);
      assertThat(new ObjectMapper().readTree(dog.substring(5)).get("confidence").asDouble())
          .isGreaterThan(0.9);
      try (EarshotProcess letters =
          kcat("-C", "-t", "earshot.dead-letters", "-o", "beginning", "-e")) {
        assertThat(letters.waitFor(30)).as("%s", letters).isZero();
        assertThat(letters.out())
            .singleElement()
            .asString()
            .contains("\"bad_key\"", "\"earshot.frames\"");
      }
    }
  }

  /** One process with all roles, then two that share them: nothing is heard twice or not at all. */
  @Test
  void rolesMayBeSharedOutAnewWhileTheBrokerIsStartedAnew() throws Exception {
    startDetectors("all");
    produce();
    List<String> before = labels(closedEvents(Instant.EPOCH));
    endDetectors();
    detectors.clear();
    broker.interrupt();
    assertThat(broker.waitFor(40)).isZero();
    broker =
        EarshotProcess.start(
            "broker", "--port", kafka.split(":")[1], "--directory", folder.toString());
    broker.awaitErr(line -> line.startsWith("Kafka at " + kafka), 60);
    startDetectors("inference", "segment,event");
    Instant later = Instant.now();
    produce();
    List<String> both = labels(closedEvents(later));
    assertThat(both.subList(0, before.size())).isEqualTo(before);
    assertThat(both.subList(before.size(), both.size())).isEqualTo(before);
  }

  private void produce() throws Exception {
    String[] arguments = {
      "producer", "--bootstrap-servers", kafka, "--stream", "yard", "--pace", "fast", DOG.toString()
    };
    try (EarshotProcess producer = EarshotProcess.start(arguments)) {
      assertThat(producer.waitFor(60)).as("%s", producer).isZero();
    }
  }

  /** All from the topic's beginning up to the bark that was captured after some moment. */
  private List<Event> closedEvents(Instant after) {
    List<Event> closed = new ArrayList<>();
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
    try (JsonReader<Event> events = JsonReader.open(settings, Topics.EVENTS, Event.class, true)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(
              () -> {
                events.poll(Duration.ofMillis(200)).stream()
                    .filter(event -> event.state() == Event.State.CLOSED)
                    .forEach(closed::add);
                return closed.stream()
                    .anyMatch(
                        e -> e.label().equals("Dog") && Instant.parse(e.onset()).isAfter(after));
              });
    }
    return closed;
  }

  private static List<String> labels(List<Event> events) {
    return events.stream().map(Event::label).toList();
  }

  private EarshotProcess kcat(String... arguments) {
    List<String> command = new ArrayList<>(List.of("kcat", "-b", kafka));
    command.addAll(List.of(arguments));
    return EarshotProcess.run(command);
  }

  /** Debian's package kcat; only CI insists on it. */
  private static void requireKcat() throws Exception {
    boolean there = new ProcessBuilder("sh", "-c", "command -v kcat").start().waitFor() == 0;
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("kcat is installed").isTrue();
    }
    assumeTrue(there, "kcat is not installed (Debian package kcat)");
  }

  private static Set<String> labelsAndScores(List<String> events) throws Exception {
    Set<String> seen = new HashSet<>();
    for (String line : events) {
      var event = new ObjectMapper().readTree(line);
      seen.add(
          event.get("label").asText()
              + " "
              + event.get("confidence")
              + " "
              + event.get("duration_ms"));
    }
    return seen;
  }
}
