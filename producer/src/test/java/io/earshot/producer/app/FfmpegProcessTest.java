package io.earshot.producer.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.EndlessTone;
import io.earshot.producer.testing.Frames;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Tone;
import java.io.IOException;
import java.lang.ProcessHandle.Info;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The life and death of ffmpeg. */
@Timeout(120)
class FfmpegProcessTest {
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final Streams streams = new Streams(frames::add);

  @BeforeEach
  void ffmpegIsThere() {
    Programs.require("ffmpeg");
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  @AfterEach
  void close() throws IOException {
    streams.close();
    Awaitility.reset();
  }

  @Test
  void oneThatIsKilledComesBack() throws Exception {
    try (EndlessTone tone = new EndlessTone(1000)) {
      LiveStream stream = open(tone, Duration.ofSeconds(10));
      await().until(() -> stream.status().counts().frames() > 5);
      List<ProcessHandle> first = ffmpegs(ProcessHandle.current(), tone);
      assertThat(first).hasSize(1);
      first.get(0).destroyForcibly();
      await().until(() -> stream.status().connections() == 2);
      assertThat(stream.status().problem()).isEqualTo("ffmpeg: ended with status 137");
      await().until(() -> Frames.sessions(frames).size() == 2);
      assertThat(frames.stream().filter(Frame::end)).hasSize(1);
      assertThat(stream.status().state()).isEqualTo(State.RUNNING);
      float[] sound = Frames.samples(frames, Frames.sessions(frames).get(0));
      assertThat(Tone.fit(sound, 1000, 16_000, 800, sound.length - 800).snrDecibels())
          .isGreaterThan(75);
    }
  }

  /** Not all over again, for ever. */
  @Test
  void aFileOfWhichItIsKilledHasFailed(@TempDir Path folder) throws Exception {
    Programs.run(folder, "sox -n -r 16000 -c 1 a.flac synth 600 sine 440");
    String file = folder.resolve("a.flac").toString();
    LiveStream stream = streams.open(StreamSettings.of("hall", "ffmpeg:" + file));
    await().until(() -> stream.status().counts().frames() > 5);
    ProcessHandle.current()
        .children()
        .filter(child -> Stream.of(arguments(child.info())).anyMatch(("file:" + file)::equals))
        .forEach(ProcessHandle::destroyForcibly);
    await().until(() -> stream.status().state() == State.FAILED);
    assertThat(stream.status().problem()).isEqualTo("ffmpeg: ended with status 137");
    assertThat(stream.status().connections()).isEqualTo(1);
  }

  @Test
  void oneThatFallsSilentIsReplaced() throws Exception {
    try (EndlessTone tone = new EndlessTone(3)) {
      LiveStream stream = open(tone, Duration.ofMillis(700));
      await().until(() -> stream.status().problem().equals("no sound for 700 ms"));
      await().until(() -> tone.visitors() >= 2);
      assertThat(ffmpegs(ProcessHandle.current(), tone)).hasSizeLessThan(2);
      assertThat(frames.stream().anyMatch(Frame::end)).isTrue();
    }
  }

  @Test
  void itEndsWithItsStream() throws Exception {
    try (EndlessTone tone = new EndlessTone(1000);
        EndlessTone silent = new EndlessTone(0)) {
      LiveStream stream = open(tone, Duration.ofSeconds(10));
      LiveStream waits = streams.open(StreamSettings.of("waits", "ffmpeg:" + silent.url()));
      await().until(() -> stream.status().counts().frames() > 2 && silent.visitors() == 1);
      List<ProcessHandle> running =
          Stream.of(tone, silent)
              .flatMap(server -> ffmpegs(ProcessHandle.current(), server).stream())
              .toList();
      assertThat(running).hasSize(2);
      stream.close();
      waits.close();
      await().untilAsserted(() -> assertThat(running).noneMatch(ProcessHandle::isAlive));
      assertThat(stream.status().state()).isEqualTo(State.CLOSED);
      assertThat(stream.status().problem()).isEmpty();
      await().until(() -> frames.get(frames.size() - 1).end());
      assertThat(ffmpegs(ProcessHandle.current(), tone)).as("zombies").isEmpty();
    }
  }

  /** As kill -9 does; nothing of Earshot can run any more. */
  @Test
  void itEndsWhenEarshotIsKilled() throws Exception {
    try (EndlessTone tone = new EndlessTone(1000)) {
      Process earshot = alone("ffmpeg:" + tone.url()).start();
      assertThat(earshot.getInputStream().read()).as("its first frame").isEqualTo('.');
      List<ProcessHandle> orphans = ffmpegs(earshot.toHandle(), tone);
      assertThat(orphans).hasSize(1);
      earshot.destroyForcibly().waitFor();
      await().untilAsserted(() -> assertThat(orphans).noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void whereItIsNotInstalledItsStreamHasFailed() throws Exception {
    ProcessBuilder command = alone("ffmpeg:dog.opus");
    command.environment().put("PATH", "/nowhere");
    String said = new String(command.start().getInputStream().readAllBytes(), UTF_8);
    assertThat(said)
        .isEqualTo(
            "ffmpeg is not installed or not in PATH; sudo apt install ffmpeg, or ffmpeg.org");
  }

  /** A process with one stream: a dot for each frame, and the reason if it has failed. */
  static final class Alone {
    public static void main(String[] source) throws Exception {
      try (Streams streams = new Streams(frame -> System.out.print('.'))) {
        LiveStream stream = streams.open(StreamSettings.of("alone", source[0]));
        while (stream.status().state() != State.FAILED) {
          Thread.sleep(50);
        }
        System.out.print(stream.status().problem());
      }
    }
  }

  /** It logs to its standard error. */
  private static ProcessBuilder alone(String source) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Alone.class.getName(),
            source)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  @Test
  void passwordsAreNowhereToBeRead() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try {
      String url = "ffmpeg:rtsp://user:secret@127.0.0.1:1/stream?token=secret";
      LiveStream stream = streams.open(StreamSettings.of("camera", url));
      await().until(() -> stream.status().problem().contains("Connection refused"));
      assertThat(stream.source()).isEqualTo("ffmpeg:rtsp://...@127.0.0.1:1/stream?token=...");
      assertThat(stream.status().problem()).contains("127.0.0.1").doesNotContain("secret");
      await().until(() -> log.list.size() > 0);
      assertThat(List.copyOf(log.list))
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.contains("camera"))
          .noneMatch(line -> line.contains("secret"));
    } finally {
      root.detachAppender(log);
    }
  }

  private LiveStream open(EndlessTone tone, Duration idle) {
    return streams.open(StreamSettings.of("hall", "ffmpeg:" + tone.url()).withIdle(idle));
  }

  private static List<ProcessHandle> ffmpegs(ProcessHandle parent, EndlessTone tone) {
    return parent
        .descendants()
        .filter(process -> Stream.of(arguments(process.info())).anyMatch(tone.url()::equals))
        .toList();
  }

  private static String[] arguments(Info info) {
    return info.arguments().orElse(new String[0]);
  }
}
