package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.net.NetStreams;
import io.earshot.producer.net.Tls;
import io.earshot.producer.stream.StreamSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The producer's page in a real browser, whose microphone hears a tone from a file. */
@Timeout(180)
class BrowserMicrophoneIT {
  private static final String TOKEN = "correct-horse-battery~+/";
  private static final int RATE = 48_000;
  private static final int RATE_SENT = 16_000;
  private static final int HERTZ = 1003;
  private static final double AMPLITUDE = 0.25;

  @TempDir static Path folder;
  private static Browser browser;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private FrameQueue queue;
  private NetStreams streams;
  private LiveStream yard;
  private int port;

  @BeforeAll
  static void openBrowser() throws Exception {
    Path tone = folder.resolve("tone.wav");
    write(tone);
    browser =
        Browser.start(
            folder.resolve("profile"),
            Duration.ofSeconds(30),
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--ignore-certificate-errors",
            "--host-resolver-rules=MAP earshot.test 127.0.0.1",
            "--use-file-for-fake-audio-capture=" + tone);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openStream() throws IOException {
    queue = new FrameQueue(frames::add, 10_000);
    streams = new NetStreams(1, queue, () -> "s");
    port = freePort();
    openYard();
    browser.open("about:blank");
    browser.run("try { sessionStorage.clear() } catch {}");
  }

  @AfterEach
  void closeStream() throws IOException {
    browser.open("about:blank");
    streams.close();
    queue.close();
  }

  @Test
  void oneClickSendsTheMicrophoneAsItIs() throws Exception {
    browser.screen(360, 740, 2);
    browser.open(address("/yard#token=" + encoded()));
    browser.await("document.querySelector('#token').value.length > 0");
    assertThat(browser.address()).isEqualTo(address("/yard"));
    browser.click("#start");
    browser.await("document.querySelector('#state').dataset.state === 'sending'");
    browser.await("Number(document.querySelector('#seconds').textContent) >= 4");
    browser.prefer("prefers-color-scheme", "dark");
    browser.prefer("prefers-color-scheme", "light");
    // The browser's own: that of its loudspeaker.
    String rate = browser.<String>value("document.querySelector('#rate').textContent");
    assertThat(yard.status().format())
        .isEqualTo("s16le, %s, 1 channel", rate.replace(", s16le", ""));
    assertThat(browser.<String>value("document.querySelector('#level').textContent"))
        .as("of a sine of amplitude 0.25")
        .matches("-1[45]\\.\\d dBFS");
    assertThat(browser.<Boolean>value("document.body.scrollWidth <= innerWidth")).isTrue();
    browser.click("#stop");
    Awaitility.await().until(() -> yard.status().state() == State.WAITING && ended());
    double sent = sound().length / (double) RATE_SENT;
    assertThat(sent).isCloseTo(seconds(), within(0.6));
    assertTone();
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void theKeyboardIsEnough() {
    browser.open(address("/"));
    browser.find("#path").sendKeys("yard", Keys.TAB);
    browser.press(TOKEN, Keys.ENTER);
    browser.await("document.querySelector('#state').dataset.state === 'sending'");
    assertThat(browser.<String>value("document.activeElement.id")).isEqualTo("stop");
    browser.press(Keys.ENTER);
    browser.await("document.querySelector('#state').textContent === 'Nothing is sent.'");
    assertThat(browser.<String>value("sessionStorage.getItem('earshot-token')")).isEqualTo(TOKEN);
  }

  @Test
  void aWrongTokenIsToldAndForgotten() throws Exception {
    browser.open(address("/yard"));
    browser.find("#token").sendKeys("battery-horse-correct", Keys.ENTER);
    browser.await("document.querySelector('#state').textContent.includes('the token is wrong')");
    assertThat(browser.<String>value("sessionStorage.getItem('earshot-token')")).isNull();
    assertThat(yard.status().refused()).containsEntry("wrong_token", 1L);
    assertThat(frames).isEmpty();
  }

  @Test
  void whenTheProducerComesBackSoDoesThePage() {
    browser.open(address("/yard#token=" + TOKEN));
    browser.click("#start");
    browser.await("document.querySelector('#state').dataset.state === 'sending'");
    yard.close();
    browser.await("document.querySelector('#state').textContent.includes('Trying again')");
    openYard();
    browser.await("document.querySelector('#state').dataset.state === 'sending'");
    Awaitility.await().until(() -> yard.status().counts().frames() > 5);
  }

  @Test
  void whatASlowConnectionDoesNotTakeIsDroppedOldestFirstAndTold() {
    openLink();
    // Five seconds, each block of 100 ms numbered; three of them can wait.
    browser.run("for (let i = 0; i < 50; i++) block(i)");
    assertThat(browser.<Number>value("link.dropped").doubleValue()).isCloseTo(2, within(1e-6));
    browser.run("socket.readyState = 1; block(50)");
    assertThat(browser.<List<Long>>value("taken")).as("not let in yet").isEmpty();
    assertThat(browser.<Number>value("link.sent").doubleValue()).isZero();
    browser.run("socket.onmessage(); socket.bufferedAmount = 16000");
    assertThat(browser.<List<Long>>value("taken"))
        .containsExactlyElementsOf(LongStream.range(21, 51).boxed().toList());
    browser.run("taken.length = 0; for (let i = 51; i < 101; i++) block(i)");
    assertThat(browser.<List<Long>>value("taken")).as("a second waits in the browser").isEmpty();
    browser.run("socket.bufferedAmount = 0; block(101)");
    assertThat(browser.<List<Long>>value("taken"))
        .containsExactlyElementsOf(LongStream.range(71, 102).boxed().toList());
    assertThat(browser.<List<String>>value("said"))
        .containsExactly(
            "{\"rate\":8000,\"channels\":1,\"encoding\":\"s16le\"}", "{\"missing\":16000}");
    browser.run("link.close()");
  }

  @Test
  void aConnectionThatTakesNothingIsGivenUp() {
    openLink();
    browser.run("socket.readyState = 1; socket.onmessage(); block(0)");
    browser.run("socket.bufferedAmount = 1600; block(1); clock += 4000; block(2)");
    browser.run("socket.bufferedAmount = 800; clock += 4000; block(3); clock += 4900; block(4)");
    assertThat(browser.<String>value("told.at(-1)")).isEqualTo("Sending.");
    browser.run("clock += 200; block(5)");
    assertThat(browser.<String>value("told.at(-1)")).startsWith("No connection. Trying again in");
    browser.await("told.at(-1) === 'Connecting...'");
    browser.run("link.close()");
  }

  @Test
  void whileTheMicrophoneIsPausedThePageDoesNotCall() {
    openLink();
    browser.run("clock += 60000; socket.onclose({ code: 4408, reason: 'nothing came' })");
    browser.await("told.at(-1).startsWith('The microphone brings nothing')");
    browser.run("block(0)");
    assertThat(browser.<String>value("told.at(-1)")).isEqualTo("Connecting...");
    browser.run("link.close()");
  }

  @Test
  void aPathIsOfThisHost() {
    openLink();
    browser.run(
        "link.close(); globalThis.link = new Link('//evil.example/x', 't', 8000, () => {})");
    assertThat(browser.<String>value("String(socket.url)"))
        .isEqualTo("ws://127.0.0.1:%d//evil.example/x".formatted(port));
    browser.run("link.close()");
  }

  /** A link of the page on a socket and a clock that the test moves. */
  private void openLink() {
    browser.open(address("/%E0"));
    assertThat(browser.<String>value("document.querySelector('#path').value")).isEqualTo("%E0");
    browser.run(
        """
        globalThis.taken = [];
        globalThis.said = [];
        globalThis.told = [];
        globalThis.clock = 1000;
        performance.now = () => clock;
        globalThis.WebSocket = class {
          static OPEN = 1;
          readyState = 0;
          bufferedAmount = 0;
          constructor(url) { globalThis.socket = this; this.url = url; }
          send(data) {
            if (data.byteLength) taken.push(new Int16Array(data)[0]); else said.push(data);
          }
          close() {}
        };
        globalThis.block = (i) => link.send(new Int16Array(800).fill(i).buffer);
        import('/-/link.js').then(({ Link }) => {
          globalThis.Link = Link;
          globalThis.link = new Link('/yard', 't', 8000, (state, text) => told.push(text));
        });
        """);
    browser.await("globalThis.link");
  }

  @Test
  void byHttpsAnotherMachinesMicrophoneIsGiven() throws Exception {
    Path keystore = folder.resolve("keystore");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=earshot.test",
                "-keystore",
                keystore.toString(),
                "-storepass",
                TOKEN)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    int securePort = freePort();
    try (NetStreams secure = new NetStreams(1, queue, () -> "t", new Tls(keystore, TOKEN))) {
      LiveStream hall =
          secure.open(StreamSettings.of("hall", "wss://127.0.0.1:" + securePort).withToken(TOKEN));
      Awaitility.await().until(() -> hall.status().state() == State.WAITING);
      browser.open("https://earshot.test:%d/hall#token=%s".formatted(securePort, encoded()));
      browser.click("#start");
      browser.await("document.querySelector('#state').dataset.state === 'sending'");
      Awaitility.await().until(() -> hall.status().counts().frames() > 5);
      browser.click("#stop");
    }
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void whereABrowserGivesNoMicrophoneThePageSaysWhy() {
    browser.open("data:text/html,");
    // A name that is not localhost, for the same machine.
    browser.open("http://earshot.test:%d/yard".formatted(port));
    browser.await("document.querySelector('#detail').textContent.includes('neither by https')");
    browser.screen(360, 740, 2);
    assertThat(browser.<Boolean>value("document.querySelector('#start').disabled")).isTrue();
  }

  private void openYard() {
    yard = streams.open(StreamSettings.of("yard", "ws://127.0.0.1:" + port).withToken(TOKEN));
    Awaitility.await().until(() -> yard.status().state() == State.WAITING);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static String encoded() {
    return TOKEN.replace("+", "%2B");
  }

  private double seconds() {
    return Double.parseDouble(
        browser.<String>value("document.querySelector('#seconds').textContent"));
  }

  private boolean ended() {
    return !frames.isEmpty() && frames.get(frames.size() - 1).end();
  }

  private float[] sound() {
    float[] sound = new float[frames.stream().mapToInt(Frame::samples).sum()];
    int at = 0;
    for (Frame frame : frames) {
      frame.decode(sound, at);
      at += frame.samples();
    }
    return sound;
  }

  /**
   * In most seconds the tone's amplitude is that of the file's, and hardly anything is beside it; a
   * browser that has too little time leaves some out.
   */
  private void assertTone() {
    float[] sound = sound();
    List<Double> amplitudes = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int at = 8_000; at + RATE_SENT <= sound.length; at += RATE_SENT / 4) {
      double sine = 0;
      double cosine = 0;
      double power = 0;
      for (int i = at; i < at + RATE_SENT; i++) {
        sine += sound[i] * Math.sin(2 * Math.PI * HERTZ * i / RATE_SENT);
        cosine += sound[i] * Math.cos(2 * Math.PI * HERTZ * i / RATE_SENT);
        power += sound[i] * sound[i];
      }
      double tone = 2 * (sine * sine + cosine * cosine) / RATE_SENT;
      amplitudes.add(2 * Math.hypot(sine, cosine) / RATE_SENT);
      ratios.add(10 * Math.log10(tone / (power - tone)));
    }
    assertThat(median(amplitudes)).isCloseTo(AMPLITUDE, within(0.002));
    assertThat(median(ratios)).as("SNR, dB").isGreaterThan(60);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void write(Path file) throws IOException {
    // 1003 whole periods a second: it can be repeated without a seam.
    byte[] pcm = new byte[2 * RATE * 10];
    for (int i = 0; i < RATE * 10; i++) {
      long sample = Math.round(32_768 * AMPLITUDE * Math.sin(2 * Math.PI * HERTZ * i / RATE));
      pcm[2 * i] = (byte) sample;
      pcm[2 * i + 1] = (byte) (sample >> 8);
    }
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 2);
    AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
