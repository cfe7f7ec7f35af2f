package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.live.LiveStream.State;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Requests that are written by hand, and whether others are heard all the same. */
abstract class IngestByHand extends IngestFixture {
  static final String BEARER = "Authorization: Bearer " + TOKEN + "\r\n";
  static final String HOST = "Host: here\r\n";

  /** What nobody did wrong still arrives. */
  final void assertStillHears(NetStream yard) throws IOException {
    int before = frames.size();
    assertThat(post(yard, "/yard", BEARER)).startsWith("HTTP/1.1 200 OK");
    await().until(() -> frames.size() >= before + 2);
    assertThat(yard.status().state()).isEqualTo(State.WAITING);
  }

  final Map<String, Long> all(NetStream yard) {
    Map<String, Long> all = new HashMap<>(streams.refused());
    all.putAll(yard.status().refused());
    return all;
  }

  final void patientFor(long millis) {
    streams.close();
    streams = streams(null, new IngestLimits(Duration.ofMillis(millis), 64));
  }

  static String head(int bytes) {
    return "POST /yard HTTP/1.1\r\n" + BEARER + "Content-Length: " + bytes + "\r\n\r\n";
  }

  /** A tenth of a second of silence, with these headers. */
  static String post(NetStream stream, String path, String headers) throws IOException {
    String head = "POST %s HTTP/1.1\r\n%sContent-Length: 3200\r\n\r\n".formatted(path, headers);
    return ask(port(stream), head + "\0".repeat(3_200));
  }

  static String upgrade(String headers) {
    return "GET /yard HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + headers
        + "\r\n";
  }
}
