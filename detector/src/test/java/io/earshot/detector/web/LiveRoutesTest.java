package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.clip.TestEvents;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.LoudSoundRules;
import io.earshot.detector.live.FakeTopics;
import io.earshot.detector.live.Live;
import io.earshot.detector.live.LiveSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches is told, whoever else watches, and however slowly. */
@Timeout(120)
class LiveRoutesTest {
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final EventRules RULES =
      new EventRules(
          TestEvents.MODEL,
          List.of(new EventRules.Rule("dog_bark", 0.5f), new EventRules.Rule("<img src=x>", 0.5f)));

  private final FakeTopics topics = new FakeTopics();
  private Live live;
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    live = Live.start(topics, new LiveSettings("1.2", RULES, LoudSoundRules.DEFAULT));
    server = WebServer.start(new WebSettings("127.0.0.1", 0, ""), List.of(new LiveRoutes(live)));
  }

  @AfterEach
  void stop() {
    server.close();
    live.close();
  }

  @Test
  void aViewerIsToldWhatServesItAndThenWhatComes() throws Exception {
    try (SseClient viewer = open("")) {
      assertThat(viewer.response().statusCode()).isEqualTo(200);
      assertThat(viewer.response().headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
      assertThat(viewer.response().headers().firstValue("cache-control")).hasValue("no-store");
      assertThat(viewer.response().headers().firstValue("content-security-policy")).isPresent();
      SseClient.Told hello = viewer.next();
      assertThat(hello.name()).isEqualTo("hello");
      JsonNode told = json(hello);
      assertThat(told.get("version").asText()).isEqualTo("1.2");
      assertThat(told.get("model").get("name").asText()).isEqualTo("base");
      assertThat(told.get("hop_ms").asInt()).isEqualTo(960);
      Instant.parse(told.get("time").asText());
      awaitMark(viewer);
      topics.event(event(1));
      assertThat(json(viewer.next("event")).get("id").asText()).isEqualTo(id(1));
    }
  }

  /** Before that nothing is read for it. */
  @Test
  void levelsPatchesAndScoresAreReadForThoseWhoWatch() throws Exception {
    for (String topic : List.of(Topics.FRAMES, Topics.PATCHES, Topics.SCORES)) {
      assertThat(topics.readers(topic)).as(topic).isZero();
    }
    try (SseClient viewer = open("?stream=yard")) {
      await(() -> topics.readers(Topics.PATCHES) == 1 && topics.readers(Topics.FRAMES) == 1);
      await(() -> topics.readers(Topics.SCORES) == 1);
      // Waits until what was there before, of which nobody is told, has been read.
      live.streams();
      byte[] pcm = ByteBuffer.allocate(4).putShort((short) 0x0040).putShort((short) 0x0040).array();
      topics.send(Topics.FRAMES, "yard", pcm, new RecordHeaders());
      JsonNode levels = json(viewer.next("levels"));
      assertThat(levels.get("levels").get("yard")).hasToString("[-6.0,-6.0]");
      for (String stream : List.of("street", "yard")) {
        topics.send(Topics.PATCHES, stream, new byte[96 * 64 * 4], segment(3));
        topics.send(Topics.SCORES, stream, scores(0.25f, 0.75f), segment(3));
      }
      JsonNode patch = json(viewer.next("patch"));
      assertThat(patch.get("start").asText()).isEqualTo("2023-11-14T22:13:20.123456Z");
      assertThat(patch.get("stream").asText()).isEqualTo("yard");
      assertThat(patch.get("session").asText()).isEqualTo("run");
      JsonNode scores = json(viewer.next("scores"));
      assertThat(scores.get("stream").asText()).isEqualTo("yard");
      assertThat(scores.get("index").asInt()).isEqualTo(3);
      assertThat(scores.get("top"))
          .hasToString(
              "[{\"label\":\"<img src=x>\",\"score\":0.75},{\"label\":\"dog_bark\",\"score\":0.25}]");
      assertThat(viewer.has("patch")).isFalse();
    }
    // It is found to have gone when there is something to tell it.
    await(
        () -> {
          topics.event(event(1));
          return topics.readers(Topics.FRAMES) == 0 && topics.readers(Topics.PATCHES) == 0;
        });
  }

  /** Also by another process: what it asks with says how far the topic's partitions were told. */
  @Test
  void whoComesBackToAServerThatHasStartedAgainIsToldWhatCameMeanwhile() throws Exception {
    String last;
    try (SseClient viewer = open("")) {
      awaitMark(viewer);
      topics.event(event(1));
      viewer.next("event");
      last = viewer.lastId();
    }
    stop();
    topics.event(event(2));
    topics.event(event(3));
    start();
    try (SseClient viewer = open("", "Last-Event-ID", last)) {
      assertThat(json(viewer.next("event")).get("id").asText()).isEqualTo(id(2));
      assertThat(json(viewer.next("event")).get("id").asText()).isEqualTo(id(3));
      topics.event(event(4));
      assertThat(json(viewer.next("event")).get("id").asText()).isEqualTo(id(4));
    }
  }

  @Test
  void viewersTakeNoThreadsAndOfTooManySomeAreSentAway() throws Exception {
    List<SseClient> viewers = new ArrayList<>();
    try {
      for (int i = 0; i < Live.MOST_VIEWERS; i++) {
        viewers.add(open("?stream=yard"));
        awaitMark(viewers.get(i));
      }
      try (SseClient one = open("")) {
        assertThat(one.response().statusCode()).isEqualTo(429);
      }
      topics.event(event(1));
      for (SseClient viewer : viewers) {
        viewer.next("event");
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("earshot-web"))
          .hasSizeLessThanOrEqualTo(16);
      viewers.remove(0).close();
      await(
          () -> {
            topics.event(event(2));
            SseClient one = open("");
            viewers.add(one);
            return one.response().statusCode() == 200;
          });
    } finally {
      for (SseClient viewer : viewers) {
        viewer.close();
      }
    }
  }

  /** It comes back by itself, and asks for what it has missed. */
  @Test
  void whoReadsNothingIsSentAwayAndHoldsUpNobody() throws Exception {
    try (SseClient other = open("");
        Socket silent = new Socket()) {
      silent.setReceiveBufferSize(4_096);
      silent.setSoTimeout(60_000);
      silent.connect(new InetSocketAddress("127.0.0.1", URI.create(server.address()).getPort()));
      silent
          .getOutputStream()
          .write("GET /api/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(silent.getInputStream().read()).isEqualTo('H');
      awaitMark(other);
      String large = "\"label\":\"" + "x".repeat(60_000);
      for (int i = 0; i < 250; i++) {
        String json = new String(event(i), US_ASCII).replaceFirst("\"label\":\"", large);
        topics.event(json.getBytes(US_ASCII));
        assertThat(json(other.next("event")).get("id").asText()).isEqualTo(id(i));
      }
      assertThat(readAll(silent)).isLessThan(250 * 60_000L);
    }
  }

  @Test
  void theEndOfTheServerIsTheEndOfAllAtOnce() throws Exception {
    try (SseClient viewer = open("")) {
      viewer.next("hello");
      server.close();
      viewer.next(SseClient.END);
    }
  }

  private static long readAll(Socket socket) {
    long read = 0;
    try {
      byte[] some = new byte[65_536];
      for (int n = 0; n >= 0; n = socket.getInputStream().read(some)) {
        read += n;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return read;
  }

  private SseClient open(String query, String... headers) throws Exception {
    return SseClient.open(server.address() + "/api/live" + query, headers);
  }

  /** From then on it is told all events. */
  private static void awaitMark(SseClient viewer) {
    await(() -> !viewer.lastId().isEmpty());
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(condition);
  }

  private static JsonNode json(SseClient.Told told) throws Exception {
    return new ObjectMapper().readTree(told.data());
  }

  private static byte[] event(int number) {
    return TestEvents.json(id(number), "yard", T, T.plusSeconds(1), 1_000);
  }

  private static String id(int number) {
    return "00000000-0000-3000-8000-%012d".formatted(number);
  }

  private static Headers segment(int index) {
    Headers headers = new RecordHeaders();
    headers.add("session", "run".getBytes(US_ASCII));
    headers.add("index", Integer.toString(index).getBytes(US_ASCII));
    headers.add("start", "1700000000123456".getBytes(US_ASCII));
    headers.add("coverage", "1.0000".getBytes(US_ASCII));
    headers.add("rms_dbfs", "-20.00".getBytes(US_ASCII));
    headers.add("model", "base@1".getBytes(US_ASCII));
    return headers;
  }

  private static byte[] scores(float... scores) {
    ByteBuffer value =
        ByteBuffer.allocate(scores.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float score : scores) {
      value.putFloat(score);
    }
    return value.array();
  }
}
