package io.earshot.producer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FakeMicrophone;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.source.RawSource;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Frames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PullStreamTest {
  private final List<Frame> frames = new CopyOnWriteArrayList<>();

  /** As a microphone that was unplugged. */
  @Test
  void aSourceThatBreaksIsOpenedAgain() {
    AtomicInteger opened = new AtomicInteger();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("unplugged");
          }
        };
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "mic:"),
            progress -> {
              InputStream sound = new ByteArrayInputStream(new byte[6400]);
              InputStream all =
                  opened.incrementAndGet() < 3 ? new SequenceInputStream(sound, broken) : sound;
              return new RawSource(
                  all, new AudioShape(16_000, 1), RawEncoding.S16LE, Instant.now(), "microphone");
            },
            Timing.LIVE,
            () -> false,
            frames::add,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.CLOSED);
    assertThat(stream.status().problem()).isEqualTo("microphone: unplugged");
    assertThat(stream.status().connections()).isEqualTo(3);
    assertThat(frames.stream().mapToInt(Frame::samples).sum()).isEqualTo(9600);
    assertThat(frames.stream().map(Frame::session).distinct()).hasSize(3);
    assertThat(frames.stream().filter(Frame::end)).hasSize(3);
  }

  @Test
  void aMicrophoneThatComesAndGoesIsOpenedAgain() {
    FakeMicrophone door = new FakeMicrophone("Door", "16000/1");
    FakeMicrophone yard = new FakeMicrophone("Yard", "48000/1");
    yard.unplug();
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "mic:Yard"),
            progress -> FakeMicrophone.open("Yard", Duration.ofMillis(300), door, yard),
            Timing.PLAYED, // a fake one is faster than time
            () -> false,
            frames::add,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().problem().startsWith("no microphone 'Yard'"));
    assertThat(stream.status().state()).isEqualTo(State.CONNECTING);
    yard.plugIn();
    await().until(() -> !frames.isEmpty());
    assertThat(stream.status().format()).isEqualTo("48000 Hz, 1 channel");
    yard.unplug();
    await().until(() -> stream.status().problem().startsWith("Yard: the microphone stopped"));
    yard.plugIn();
    await().until(() -> Frames.sessions(frames).size() == 2);
    yard.silentAfter(0);
    await().until(() -> frames.stream().filter(Frame::end).count() == 2);
    yard.silentAfter(Long.MAX_VALUE);
    await().until(() -> stream.status().connections() == 3);
    stream.close();
    assertThat(stream.status().state()).isEqualTo(State.CLOSED);
    assertThat(door.tried).as("another device").isEmpty();
  }

  @Test
  void aStreamFailsWithItsSink() {
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "-"),
            progress ->
                new RawSource(
                    new ByteArrayInputStream(new byte[64_000]),
                    new AudioShape(16_000, 1),
                    RawEncoding.S16LE,
                    Instant.now(),
                    "line"),
            Timing.LIVE,
            () -> false,
            frame -> {
              throw new IOException("Kafka is gone");
            },
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.FAILED);
    assertThat(stream.status().problem()).isEqualTo("Kafka is gone");
    assertThat(stream.status().connections()).isEqualTo(1);
  }

  @Test
  void whateverADecoderThrowsIsTold() {
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "file:x"),
            progress -> {
              throw new OutOfMemoryError("Java heap space");
            },
            Timing.PLAYED,
            () -> false,
            frames::add,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.FAILED);
    assertThat(stream.status().problem()).isEqualTo("Java heap space");
  }

  /** However long it has to wait for its turn then. */
  @Test
  void whatIsHeardHasTheTimeWhenItCame() {
    OneBlock heard = new OneBlock();
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "-"),
            progress -> heard,
            Timing.STREAMED,
            () -> heard.came > 0 && System.currentTimeMillis() < heard.came + 3000,
            frames::add,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.CLOSED);
    assertThat(frames.get(0).captureMillis() + 50).isBetween(heard.came - 2, heard.came + 1500);
  }

  /** 50 ms, and nothing more. */
  private static final class OneBlock implements AudioSource {
    volatile long came;

    @Override
    public int read(float[] interleaved) {
      if (came > 0) {
        return -1;
      }
      came = System.currentTimeMillis();
      return 800;
    }

    @Override
    public AudioShape shape() {
      return new AudioShape(16_000, 1);
    }

    @Override
    public Instant start() {
      return Instant.EPOCH;
    }

    @Override
    public long totalFrames() {
      return -1;
    }

    @Override
    public String name() {
      return "block";
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}
  }

  /** One after the other took two seconds each. */
  @Test
  void manyThatDoNotHearAreGivenUpTogether() throws Exception {
    CountDownLatch reading = new CountDownLatch(12);
    CountDownLatch release = new CountDownLatch(1);
    List<PullStream> deaf = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      SourceOpener opener =
          progress -> {
            reading.countDown();
            awaitUninterruptibly(release);
            throw new IOException("too late");
          };
      deaf.add(
          new PullStream(
              StreamSettings.of("s" + i, "-"),
              opener,
              Timing.LIVE,
              () -> false,
              frames::add,
              Duration.ofMillis(10)));
    }
    deaf.forEach(PullStream::start);
    reading.await();
    long before = System.nanoTime();
    PullStream.closeAll(deaf);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    assertThat(deaf).allMatch(stream -> stream.status().state() == State.CLOSED);
    release.countDown();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // as a read of a pipe
      }
    }
  }

  @Test
  void aFileThatIsReadAheadWaitsForASlowSink() throws Exception {
    byte[] pcm = new byte[16_000_000];
    AtomicInteger taken = new AtomicInteger();
    FrameQueue slow =
        new FrameQueue(
            frame -> {
              Thread.onSpinWait();
              taken.addAndGet(frame.samples());
            },
            16);
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "-"),
            progress ->
                new RawSource(
                    new ByteArrayInputStream(pcm),
                    new AudioShape(16_000, 1),
                    RawEncoding.S16LE,
                    Instant.now(),
                    "file"),
            Timing.READ_AHEAD,
            slow::isCrowded,
            slow,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.CLOSED);
    slow.close();
    assertThat(taken).hasValue(8_000_000);
    assertThat(slow.dropped()).isZero();
  }

  @Test
  void aChannelThatIsNotThereEndsItsStreamAlone() {
    PullStream stream =
        new PullStream(
            StreamSettings.of("hall", "-").with(new Conditioning(4, 0, 0)),
            progress ->
                new RawSource(
                    new ByteArrayInputStream(new byte[6400]),
                    new AudioShape(16_000, 2),
                    RawEncoding.S16LE,
                    Instant.now(),
                    "line"),
            Timing.LIVE,
            () -> false,
            frames::add,
            Duration.ofMillis(10));
    stream.start();
    await().until(() -> stream.status().state() == State.FAILED);
    assertThat(stream.status().problem()).isEqualTo("channel 4 of 2, allowed: 0 to 1");
  }
}
