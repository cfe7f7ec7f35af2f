package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and clips over HTTP, as the JDK's client and a bare socket see them. */
class WebServerTest extends WebServerFixture {
  @Test
  void anEventIsTheJsonOfItsRecord() throws Exception {
    HttpResponse<byte[]> answer = get(event(FakeClips.CLOSED));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("application/json");
    assertThat(json(answer).get("id").asText()).isEqualTo(FakeClips.CLOSED);
    assertThat(json(answer).get("new").asInt()).isEqualTo(1);
  }

  @Test
  void theSoundIsAWavFileOfTheClip() throws Exception {
    HttpResponse<byte[]> answer = get(event(FakeClips.CLOSED) + "/audio.wav");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("audio/wav");
    assertThat(header(answer, "content-length")).isEqualTo(Integer.toString(WAV_BYTES));
    assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
    assertThat(header(answer, "x-earshot-gaps"))
        .isEqualTo("gap 0.10 s at 0.10 s; gap 0.05 s at 0.50 s");
    try (AudioInputStream wav =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(wav.getFormat().getSampleRate()).isEqualTo(16_000);
      assertThat(wav.getFormat().getChannels()).isEqualTo(1);
      ByteBuffer pcm = ByteBuffer.wrap(wav.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 16_000; i++) {
        assertThat(pcm.getShort()).isEqualTo(FakeClips.sample(i));
      }
      assertThat(pcm.hasRemaining()).isFalse();
    }
  }

  @Test
  void headTellsAsMuchAndSendsNothing() throws Exception {
    URI sound = URI.create(server.address() + event(FakeClips.CLOSED) + "/audio.wav");
    HttpResponse<byte[]> answer =
        send(HttpRequest.newBuilder(sound).method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("audio/wav");
    assertThat(header(answer, "content-length")).isEqualTo(Integer.toString(WAV_BYTES));
    assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void theClipIsDescribed() throws Exception {
    JsonNode clip = json(get(event(FakeClips.CLOSED) + "/clip.json"));
    assertThat(clip)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"start": "2023-11-14T22:13:20Z", "end": "2023-11-14T22:13:21Z", "rate": 16000,
                     "gaps": [{"start_seconds": 0.1, "seconds": 0.1},
                              {"start_seconds": 0.5, "seconds": 0.05}]}
                    """));
  }

  @Test
  void thePictureIsAPng() throws Exception {
    HttpResponse<byte[]> answer = get(event(FakeClips.OPEN) + "/spectrogram.png");
    assertThat(header(answer, "content-type")).isEqualTo("image/png");
    assertThat(ImageIO.read(new ByteArrayInputStream(answer.body())).getHeight()).isEqualTo(420);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-43, 0, 43",
    "bytes=44-, 44, 32043",
    "bytes=-100, 31944, 32043",
    "bytes=32000-99999, 32000, 32043"
  })
  void playersGetTheRangeThatTheyAskFor(String range, int first, int last) throws Exception {
    byte[] all = get(event(FakeClips.CLOSED) + "/audio.wav").body();
    HttpResponse<byte[]> answer = get(event(FakeClips.CLOSED) + "/audio.wav", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(header(answer, "content-range"))
        .isEqualTo("bytes %d-%d/%d".formatted(first, last, WAV_BYTES));
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(all, first, last + 1));
    assertThat(clips.cuts).as("kept for the next range").hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=32044-", "bytes=5-4", "bytes=x", "bytes=-", "lines=1-2", "-"})
  void aRangeThatIsNotThereIsRefused(String range) throws Exception {
    HttpResponse<byte[]> answer = get(event(FakeClips.CLOSED) + "/audio.wav", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "content-range")).isEqualTo("bytes */" + WAV_BYTES);
    assertThat(header(answer, "cache-control")).isEqualTo("no-store");
  }

  @Test
  void ofSeveralRangesTheWholeIsSent() throws Exception {
    HttpResponse<byte[]> answer =
        get(event(FakeClips.CLOSED) + "/audio.wav", "Range", "bytes=0-1,5-6");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSize(WAV_BYTES);
  }

  @Test
  void whatWillNotChangeMayBeKept() throws Exception {
    for (String what : List.of("", "/audio.wav", "/clip.json", "/spectrogram.png")) {
      assertThat(header(get(event(FakeClips.CLOSED) + what), "cache-control"))
          .isEqualTo("private, max-age=86400, immutable");
      assertThat(header(get(event(FakeClips.OPEN) + what), "cache-control")).isEqualTo("no-store");
    }
    assertThat(clips.cuts).hasValue(1 + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/events/00000000-0000-3000-8000-000000000001",
        "/api/events/00000000-0000-3000-8000-000000000001/spectrogram.png",
        "/api/events/00000000-0000-3000-8000-000000000009",
        "/nothing"
      })
  void everyAnswerTellsBrowsersToBeStrict(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(header(answer, "content-security-policy")).startsWith("default-src 'none'");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.headers().map()).doesNotContainKeys("server", "set-cookie");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/events/00000000-0000-3000-8000-000000000009, 404, no such event",
    "/api/events/00000000-0000-3000-8000-000000000003/audio.wav, 410, gone: kafka.retention.frames",
    "/api/events/00000000-0000-3000-8000-000000000003/spectrogram.png, 410, gone",
    "/api/events/00000000-0000-3000-8000-000000000003/clip.json, 410, gone",
    "/api/events/00000000-0000-3000-8000-000000000004, 503, Kafka does not answer",
    "/api/events/00000000-0000-3000-8000-000000000006/audio.wav, 500, this failed",
    "/api/events/x/audio.mp3, 404, not found",
    "/api/events, 404, not found",
    "/, 404, not found"
  })
  void whatThereIsNotIsSaidInJson(String path, int status, String message) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).get("error").asText()).startsWith(message);
    assertThat(json(answer)).hasSize(1);
    assertThat(header(answer, "cache-control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e%2f",
        "%00",
        "%ff",
        "%",
        "%zz",
        "00000000-0000-3000-8000-00000000000%31%0d%0aX-Evil:%201",
        "<script>",
        "*;q=1"
      })
  void hostileIdsAreNoEvents(String id) throws Exception {
    String answer = raw("GET /api/events/" + id + " HTTP/1.1\r\nHost: localhost\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
    assertThat(answer).doesNotContain("X-Evil", "<script>", "\tat ", "root:");
  }

  @Test
  void anIdOfAMegabyteIsRefused() throws Exception {
    String answer =
        raw("GET /api/events/" + "a".repeat(1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n");
    assertThat(answer).startsWith("HTTP/1.1 414 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE"})
  void nothingCanBeChanged(String method) throws Exception {
    String answer =
        raw(method + " " + event(FakeClips.CLOSED) + " HTTP/1.1\r\nHost: localhost\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 40[45] .*");
  }

  @Test
  void whoComesByAnotherNameIsRefused() throws Exception {
    String request = "GET " + event(FakeClips.CLOSED) + " HTTP/1.1\r\nHost: ";
    assertThat(raw(request + "evil.example\r\n")).startsWith("HTTP/1.1 421 ");
    assertThat(raw(request + "localhost:1\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aTokenIsAskedFor() throws Exception {
    try (WebServer guarded = start(new WebSettings("127.0.0.1", 0, TOKEN))) {
      String path = guarded.address() + event(FakeClips.CLOSED);
      HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(path)));
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(header(answer, "www-authenticate")).isEqualTo("Bearer");
      assertThat(new String(answer.body(), ISO_8859_1)).doesNotContain(TOKEN);
      HttpRequest.Builder bearer =
          HttpRequest.newBuilder(URI.create(path)).header("Authorization", "Bearer " + TOKEN);
      assertThat(send(bearer).statusCode()).isEqualTo(200);
      URI parameter = URI.create(path + "/audio.wav?token=" + TOKEN);
      assertThat(send(HttpRequest.newBuilder(parameter)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      WebSettings settings = new WebSettings("127.0.0.1", taken.getLocalPort(), "");
      assertThatThrownBy(() -> start(settings))
          .isInstanceOf(WebException.class)
          .hasMessage("Address already in use");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsSaid() {
    // Set aside for documentation (RFC 5737).
    assertThatThrownBy(() -> start(new WebSettings("192.0.2.1", 0, TOKEN)))
        .isInstanceOf(WebException.class)
        .hasMessage("Cannot assign requested address");
  }

  @Test
  void itsThreadsKeepNoProcessAlive() throws Exception {
    get(event(FakeClips.CLOSED));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("earshot-web"))
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(16)
        .allMatch(Thread::isDaemon);
  }
}
