package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.testing.Tone;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the JDK's WebSocket on the other side. */
class IngestWebSocketTest extends IngestFixture {
  private final Heard heard = new Heard();

  @ParameterizedTest
  @CsvSource({"48000, 2, f32le", "44100, 1, s16le", "16000, 1, f64le"})
  void saysWhatItSendsAndSendsIt(int rate, int channels, String encoding) {
    NetStream yard = open("yard", "ws://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    text(socket, "{\"channels\":%d, \"rate\" : %d,\"encoding\":\"%s\"}", channels, rate, encoding);
    send(socket, tone(rate, channels, encoding, 2 * rate), 4096);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThat(heard.code.join()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    awaitEnd();
    assertTone(2, 0.005, 0.5, 70);
    assertThat(yard.status().format())
        .isEqualTo("%s, %d Hz, %d channel%s", encoding, rate, channels, channels == 1 ? "" : "s");
    await().until(() -> yard.status().state() == State.WAITING);
    assertThat(yard.status().refused()).isEmpty();
  }

  @Test
  void withoutAWordItsSoundIsThatOfTheSettingsWhateverItBeginsLike() {
    NetStream yard = open("yard", "ws://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    byte[] sound = tone(16_000, 1, "s16le", 16_000).array();
    System.arraycopy("RIFF\0\0\0\0AVI ".getBytes(UTF_8), 0, sound, 0, 12);
    // In three pieces, which part a sample, with a question between.
    socket.sendBinary(ByteBuffer.wrap(sound, 0, 10_001), false).join();
    socket.sendPing(ByteBuffer.wrap(new byte[] {7})).join();
    socket.sendBinary(ByteBuffer.wrap(sound, 10_001, 9_999), false).join();
    socket.sendBinary(ByteBuffer.wrap(sound, 20_000, 12_000), true).join();
    assertThat(heard.pong.join()).isEqualTo((byte) 7);
    socket.abort();
    awaitEnd();
    assertTone(1, 0.005, 0.5, 70);
    assertThat(yard.status().format()).isEqualTo("s16le, 16000 Hz, 1 channel");
  }

  @Test
  void aBrowsersTokenIsInTheProtocolsAndRefusalsAreCloseCodes() {
    NetStream yard = open("yard", "ws://:0/back/yard");
    connectAsPage(yard, "/back/yard", TOKEN);
    await().until(() -> ((IngestStream) yard).isBusy());
    assertThat(closeCode(yard, "/back/yard", TOKEN)).isEqualTo("4409 somebody else sends already");
    assertThat(closeCode(yard, "/back/yard", TOKEN + "?")).isEqualTo("4401 the token is wrong");
    assertThat(closeCode(yard, "/attic", TOKEN + "?")).isEqualTo("4401 the token is wrong");
    assertThat(closeCode(yard, "/attic", TOKEN))
        .isEqualTo("4404 no stream with that token has this path");
    assertThat(yard.status().refused())
        .containsOnly(Map.entry("other_source", 1L), Map.entry("wrong_token", 1L));
    assertThat(streams.refused())
        .containsOnly(Map.entry("no_such_stream", 1L), Map.entry("wrong_token", 1L));
  }

  @Test
  void programsAreRefusedByHttp() {
    NetStream yard = open("yard", "ws://:0");
    assertRefused(401, () -> connect(yard, "/yard", "wrong-horse-battery"));
    assertRefused(401, () -> connect(yard, "/attic", "wrong-horse-battery"));
    assertRefused(404, () -> connect(yard, "/attic", TOKEN));
  }

  private static void assertRefused(int status, ThrowingCallable connecting) {
    assertThatThrownBy(connecting)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | allowed: {",
        "[] | allowed: {",
        "{\"rate\":48000,\"channels\":1} | allowed: {",
        "{\"rate\":48000,\"channels\":1,\"encoding\":\"s16le\",} | allowed: {",
        "{\"rate\":48000,\"channels\":1,\"encoding\":\"s16le\",\"x\":1} | allowed: {",
        "{\"rate\":48000,\"channels\":1,\"encoding\":\"s16le\",\"rate\":1} | allowed: {",
        "{\"rate\":\"48000\",\"channels\":1,\"encoding\":\"s16le\"} | allowed: {",
        "{\"rate\":48000,\"channels\":1,\"encoding\":16} | allowed: {",
        "{\"rate\":4800,\"channels\":1,\"encoding\":\"s16le\"} | rate is 4800 Hz, allowed: 8000",
        "{\"rate\":48000,\"channels\":65,\"encoding\":\"s16le\"} | 65 channels, allowed: 1 to 64",
        "{\"rate\":48000,\"channels\":1,\"encoding\":\"opus\"} | unknown encoding 'opus', allowed"
      })
  void whatIsNotUnderstoodIsRefusedWithWhatIsAllowed(String hello, String reason) {
    NetStream yard = open("yard", "ws://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    text(socket, hello.replace("%", "%%"));
    assertThat(heard.code.join()).isEqualTo(1007);
    assertThat(heard.reason).startsWith(reason);
    assertThat(yard.status().refused()).containsExactly(Map.entry("not_understood", 1L));
    assertThat(yard.status().state()).isEqualTo(State.WAITING);
  }

  @Test
  void aChannelThatIsNotThereEndsItsSenderAlone() {
    NetStream yard = open(settings("yard", "ws://:0").with(new Conditioning(1, 0, 0)));
    WebSocket socket = connect(yard, "/yard", TOKEN);
    socket.sendBinary(ByteBuffer.wrap(new byte[100]), true).join();
    assertThat(heard.code.join()).isEqualTo(1007);
    assertThat(heard.reason).isEqualTo("channel 1 of 1, allowed: 0 to 0");
    assertThat(yard.status().state()).isEqualTo(State.WAITING);
  }

  @Test
  void whatIsMissingIsAGap() {
    NetStream yard = open("yard", "ws://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    send(socket, tone(16_000, 1, "s16le", 16_000), 1600);
    text(socket, "{\"missing\":8000}");
    send(socket, tone(16_000, 1, "s16le", 16_000), 1600);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    awaitEnd();
    assertThat(sound()).hasSize(32_000);
    assertThat(yard.status().counts().gaps()).isEqualTo(1);
    assertThat(yard.status().counts().missingMillis()).isEqualTo(500);
    assertThat(sessions.get()).isEqualTo(1);
  }

  /** What follows would wait for its time, and its sender keep the place. */
  @ParameterizedTest
  @CsvSource({"1, 999999999", "2, 150000"})
  void whatCannotBeMissingYetEndsIt(int times, int missing) {
    NetStream yard = open("yard", "ws://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    text(socket, "{\"rate\":16000,\"channels\":1,\"encoding\":\"s16le\"}");
    send(socket, tone(16_000, 1, "s16le", 16_000), 1600);
    for (int i = 0; i < times; i++) {
      text(socket, "{\"missing\":%d}", missing);
    }
    // Perhaps it is closed already.
    var unused = socket.sendBinary(tone(16_000, 1, "s16le", 16_000), true);
    await().until(heard.code::isDone);
    assertThat(heard.code.join()).isEqualTo(1007);
    assertThat(heard.reason).startsWith("missing: ").endsWith("10 s more than have passed");
    awaitEnd();
    assertTone(1, 0.005, 0.5, 70);
    assertThat(yard.status().refused()).containsExactly(Map.entry("not_understood", 1L));
    assertThat(connectAsPage(yard, "/yard", TOKEN).text.join()).isEqualTo("{\"heard\":true}");
  }

  /** A phone comes back by another network before the old connection is known to be dead. */
  @Test
  void whoHasFallenSilentGivesWayToTheSameToken() {
    NetStream yard = open("yard", "ws://:0");
    Heard first = connectAsPage(yard, "/yard", TOKEN);
    assertThat(first.text.join()).isEqualTo("{\"heard\":true}");
    await().pollDelay(Duration.ofMillis(2_100)).until(() -> true);
    assertThat(connectAsPage(yard, "/yard", TOKEN).text.join()).isEqualTo("{\"heard\":true}");
    assertThat(first.code.join()).isEqualTo(1001);
    assertThat(yard.status().refused()).containsExactly(Map.entry("replaced", 1L));
    assertThat(((IngestStream) yard).isBusy()).isTrue();
    assertThat(closeCode(yard, "/yard", TOKEN)).isEqualTo("4409 somebody else sends already");
  }

  @Test
  void textAfterSoundEndsIt() {
    NetStream yard = open("yard", "ws://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    send(socket, tone(16_000, 1, "s16le", 16_000), 1600);
    text(socket, "{\"rate\":48000,\"channels\":1,\"encoding\":\"s16le\"}");
    assertThat(heard.code.join()).isEqualTo(1007);
    awaitEnd();
    assertTone(1, 0.005, 0.5, 70);
  }

  @Test
  void aMessageThatIsTooLargeEndsIt() {
    NetStream yard = open("yard", "ws://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    socket.sendBinary(ByteBuffer.allocate(IngestLimits.MESSAGE_BYTES + 1), true);
    assertThat(heard.code.join()).isEqualTo(1009);
    assertThat(yard.status().refused()).containsExactly(Map.entry("too_large", 1L));
    Heard other = new Heard();
    WebSocket inPieces = connect(yard, "/yard", TOKEN, other);
    int half = IngestLimits.MESSAGE_BYTES / 2 + 2;
    inPieces.sendBinary(ByteBuffer.allocate(half), false).join();
    inPieces.sendBinary(ByteBuffer.allocate(half), false);
    assertThat(other.code.join()).isEqualTo(1009);
    await().until(() -> yard.status().state() == State.WAITING);
  }

  @Test
  void pingsAreNoSound() {
    NetStream yard = open(settings("yard", "ws://:0").withIdle(Duration.ofMillis(700)));
    WebSocket socket = connect(yard, "/yard", TOKEN);
    while (!heard.code.isDone()) {
      var unused = socket.sendPing(ByteBuffer.allocate(1));
      await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    }
    assertThat(heard.code.join()).isEqualTo(4408);
    assertThat(yard.status().problem()).isEqualTo("no sound for 700 ms");
    assertThat(yard.status().refused()).containsExactly(Map.entry("too_slow", 1L));
  }

  @Test
  void aStreamThatIsClosedSaysSo() {
    NetStream yard = open("yard", "ws://:0");
    open("attic", "http://:0");
    WebSocket socket = connect(yard, "/yard", TOKEN);
    send(socket, tone(16_000, 1, "s16le", 16_000), 1600);
    await().until(() -> yard.status().counts().frames() >= 9);
    yard.close();
    assertThat(heard.code.join()).isEqualTo(1001);
    awaitEnd();
    assertRefused(404, () -> connect(yard, "/yard", TOKEN));
  }

  private WebSocket connect(NetStream stream, String path, String token) {
    return connect(stream, path, token, heard);
  }

  private static WebSocket connect(NetStream stream, String path, String token, Heard listener) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + token)
        .buildAsync(URI.create("ws://127.0.0.1:%d%s".formatted(port(stream), path)), listener)
        .join();
  }

  private static String closeCode(NetStream stream, String path, String token) {
    Heard listener = connectAsPage(stream, path, token);
    return listener.code.join() + " " + listener.reason;
  }

  private static Heard connectAsPage(NetStream stream, String path, String token) {
    Heard listener = new Heard();
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(UTF_8));
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Origin", "http://127.0.0.1:" + port(stream))
            .subprotocols("earshot", "token." + encoded)
            .buildAsync(URI.create("ws://127.0.0.1:%d%s".formatted(port(stream), path)), listener)
            .join();
    assertThat(socket.getSubprotocol()).isEqualTo("earshot");
    return listener;
  }

  private static void text(WebSocket socket, String format, Object... values) {
    socket.sendText(format.formatted(values), true).join();
  }

  private static void send(WebSocket socket, ByteBuffer sound, int bytes) {
    while (sound.hasRemaining()) {
      ByteBuffer piece = sound.slice().limit(Math.min(bytes, sound.remaining()));
      sound.position(sound.position() + piece.remaining());
      socket.sendBinary(piece, true).join();
    }
  }

  /** A sine of amplitude 0.5 in all channels. */
  private static ByteBuffer tone(int rate, int channels, String encoding, int samples) {
    float[] tone = Tone.sine(rate, HERTZ, samples);
    ByteBuffer bytes = ByteBuffer.allocate(8 * channels * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples * channels; i++) {
      float sample = tone[i / channels];
      switch (encoding) {
        case "f32le" -> bytes.putFloat(sample);
        case "f64le" -> bytes.putDouble(sample);
        default -> bytes.putShort((short) Math.round(32768 * sample));
      }
    }
    byte[] all = new byte[bytes.flip().remaining()];
    bytes.get(all);
    return ByteBuffer.wrap(all);
  }

  /** What the server says. */
  private static final class Heard implements WebSocket.Listener {
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final CompletableFuture<Byte> pong = new CompletableFuture<>();
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private volatile String reason;

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pong.complete(message.get());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int statusCode, String itsReason) {
      reason = itsReason;
      code.complete(statusCode);
      return null;
    }
  }
}
