package io.earshot.detector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many readers at once, slow ones, and the end of the server while some read. */
class WebReadersTest extends WebServerFixture {
  @Test
  void ofManyAtOnceSomeAreSentAway() throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> slow = new ArrayList<>();
    for (int i = 0; i < ClipDesk.AT_ONCE; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(server.address() + event(FakeClips.SLOW) + "/audio.wav"))
              .build();
      slow.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
    }
    while (clips.cuts.get() < ClipDesk.AT_ONCE) {
      Thread.sleep(5);
    }
    HttpResponse<byte[]> answer = get(event(FakeClips.CLOSED) + "/audio.wav");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "retry-after")).isEqualTo("1");
    assertThat(json(answer).get("error").asText()).startsWith("too many");
    clips.slow.countDown();
    for (CompletableFuture<HttpResponse<byte[]>> one : slow) {
      assertThat(one.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(get(event(FakeClips.CLOSED) + "/audio.wav").statusCode()).isEqualTo(200);
  }

  /** It reads a little now and then, and so is never idle. */
  @Test
  void aSlowReaderIsBrokenOff() throws Exception {
    SlowReaders impatient = new SlowReaders(Duration.ofMillis(500), 100_000_000);
    try (WebServer other =
            WebServer.start(
                new WebSettings("127.0.0.1", 0, ""), List.of(new ClipRoutes(clips)), impatient);
        Socket socket = ask(other, FakeClips.LONG)) {
      long start = System.nanoTime();
      long read = 0;
      byte[] some = new byte[8_192];
      try {
        for (int n = 0; n >= 0; n = socket.getInputStream().read(some)) {
          read += n;
          Thread.sleep(System.nanoTime() - start < 2_000_000_000L ? 50 : 0);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("reset");
      }
      assertThat(read).isPositive().isLessThan(2 * FakeClips.LONG_SAMPLES);
    }
  }

  @Test
  void whoReadsInTimeGetsAll() throws Exception {
    HttpResponse<byte[]> answer = get(event(FakeClips.LONG) + "/audio.wav");
    assertThat(answer.body()).hasSize(44 + 2 * FakeClips.LONG_SAMPLES);
  }

  @Test
  void aPlaceIsTakenUntilTheLastByteIsSent() throws Exception {
    List<Socket> readers = new ArrayList<>();
    for (int i = 0; i < ClipDesk.ANSWERS; i++) {
      readers.add(ask(server, FakeClips.LONG));
      assertThat(readers.get(i).getInputStream().read()).isEqualTo('H');
    }
    assertThat(get(event(FakeClips.CLOSED)).statusCode()).isEqualTo(503);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    for (Socket reader : readers) {
      reader.close();
    }
    for (int i = 0; i < 200 && get(event(FakeClips.CLOSED)).statusCode() != 200; i++) {
      Thread.sleep(50);
    }
    for (int i = 0; i < 3 * ClipDesk.ANSWERS; i++) {
      assertThat(get(event(FakeClips.CLOSED)).statusCode()).isEqualTo(200);
    }
    assertThat(clips.cuts).as("one clip for all readers").hasValue(1);
  }

  @Test
  void closingWaitsForNobodyForLong() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + event(FakeClips.SLOW) + "/audio.wav"))
            .build();
    var unused = client.sendAsync(request, BodyHandlers.ofByteArray());
    while (clips.cuts.get() < 1) {
      Thread.sleep(5);
    }
    long start = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    server.close();
  }
}
