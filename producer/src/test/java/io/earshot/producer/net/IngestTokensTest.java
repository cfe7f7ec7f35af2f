package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.StreamSettings;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may send, and to which stream. */
class IngestTokensTest extends IngestByHand {
  private static final String OTHER_TOKEN = "battery-horse-correct";

  @Test
  void whoHasNoTokenLearnsNotWhichStreamsThereAre() throws Exception {
    NetStream yard = open("yard", "http://:0");
    for (String token :
        List.of("", "Authorization: Bearer wrong\r\n", "Authorization: Basic !\r\n")) {
      String there = post(yard, "/yard", token);
      assertThat(there).startsWith("HTTP/1.1 401 Unauthorized").contains("Basic realm=\"Earshot\"");
      assertThat(post(yard, "/attic", token)).isEqualTo(there);
    }
    assertThat(ask(port(yard), "GET /attic HTTP/1.1\r\n\r\n"))
        .isEqualTo(ask(port(yard), "GET /yard HTTP/1.1\r\n\r\n"));
    assertThat(yard.status().refused())
        .containsOnly(Map.entry("no_token", 2L), Map.entry("wrong_token", 1L));
    assertThat(streams.refused())
        .containsOnly(Map.entry("no_token", 2L), Map.entry("wrong_token", 1L));
    assertThat(frames).isEmpty();
  }

  @Test
  void aTokenIsGoodForItsOwnStreamAlone() throws Exception {
    NetStream yard = open("yard", "http://:0");
    open(StreamSettings.of("attic", "ws://:0").withToken(OTHER_TOKEN));
    String other = "Authorization: Bearer %s\r\n".formatted(OTHER_TOKEN);
    String refused = post(yard, "/yard", other);
    assertThat(refused).startsWith("HTTP/1.1 404 Not Found");
    assertThat(post(yard, "/cellar", other)).isEqualTo(refused);
    assertThat(post(yard, "/attic", other)).startsWith("HTTP/1.1 200 OK");
    assertThat(frames).allMatch(frame -> frame.stream().equals("attic"));
  }

  @Test
  void theTokenMayComeInManyWaysButNotInTheAddress() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String basic = Base64.getEncoder().encodeToString(("source:" + TOKEN).getBytes(UTF_8));
    assertThat(post(yard, "/yard", BEARER)).startsWith("HTTP/1.1 200");
    assertThat(post(yard, "/yard", "authorization: bearer " + TOKEN + "\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(post(yard, "/yard", "Authorization: Basic " + basic + "\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(post(yard, "/yard?token=" + TOKEN, "")).startsWith("HTTP/1.1 401");
  }

  @Test
  void pagesOfOtherSitesMayNotSend() throws Exception {
    NetStream yard = open("yard", "http://:0");
    for (String origin : List.of("http://evil.example", "null", "https://here:1")) {
      String head = HOST + BEARER + "Origin: " + origin + "\r\n";
      assertThat(post(yard, "/yard", head)).startsWith("HTTP/1.1 403");
      assertThat(ask(port(yard), upgrade(head))).startsWith("HTTP/1.1 403");
    }
    assertThat(yard.status().refused()).containsExactly(Map.entry("other_origin", 6L));
    assertThat(post(yard, "/yard", HOST + BEARER + "Origin: https://HERE\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | who sends by HTTP or WebSocket must show a token, set one of 16 to 256 characters",
        "short | that token is not allowed, allowed: 16 to 256 visible ASCII characters",
        "with a blank between | that token is not allowed, allowed: 16 to 256 visible ASCII characters"
      })
  void aStreamNeedsAToken(String token, String why) {
    assertThatThrownBy(() -> streams.start(StreamSettings.of("yard", "http://:0").withToken(token)))
        .hasMessage(why);
  }

  @Test
  void streamsThatGetInEachOthersWayAreRefusedAndTheFirstGoesOn() throws Exception {
    NetStream yard = open("yard", "http://:0");
    int port = port(yard);
    NetStream again = streams.start(settings("again", "http://127.0.0.1:" + port + "/x?listen"));
    await().until(() -> again.status().problem().contains("Address already in use"));
    assertThatThrownBy(() -> streams.start(settings("other", "ws://:0/yard")))
        .hasMessage(
            "other and stream yard (http://:0) get in each other's way, each needs a path of its own");
    assertStillHears(yard);
    again.close();
    await().until(() -> again.status().state() == State.CLOSED);
    yard.close();
    await().until(() -> yard.status().state() == State.CLOSED);
    // The last one is gone, and so is the server.
    NetStream next = open("next", "http://127.0.0.1:" + port + "?listen");
    assertThat(port(next)).isEqualTo(port);
    assertThatThrownBy(
            () -> streams.start(settings("tls", "https://127.0.0.1:%d?listen".formatted(port))))
        .hasMessageContaining("tls and stream next (http://127.0.0.1:" + port + "?listen)")
        .hasMessageContaining("a port is with TLS or without");
  }

  @Test
  void tokensAreNeverTold() {
    NetStream yard = open("yard", "http://:0");
    assertThat(yard.settings.toString() + yard.status()).doesNotContain(TOKEN);
  }
}
