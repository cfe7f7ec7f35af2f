package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.stream.StreamSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A place for streams from HTTP servers, and what they publish. */
abstract class HttpClientCase {
  static final String LINEAR = "Content-Type: audio/L16;rate=16000;channels=1\r\n";

  @TempDir Path folder;

  /** Of each frame, how long after its last sample's capture time it was published. */
  final List<Long> lateness = new CopyOnWriteArrayList<>();

  final List<Frame> frames = new CopyOnWriteArrayList<>();

  final FrameQueue queue = new FrameQueue(this::take, 10_000);
  private final AtomicInteger sessions = new AtomicInteger();

  final NetStreams streams =
      new NetStreams(1, queue, () -> "s" + sessions.incrementAndGet(), Duration.ofMillis(100));

  private void take(Frame frame) {
    lateness.add(System.currentTimeMillis() - frame.captureMillis() - frame.samples() / 16);
    frames.add(frame);
  }

  @AfterEach
  void close() throws IOException {
    streams.close();
    queue.close();
  }

  NetStream open(SoundServer server, String path) {
    return streams.start(
        StreamSettings.of("yard", "http://127.0.0.1:%d%s".formatted(server.port(), path)));
  }

  void awaitEnd() {
    await().atMost(Duration.ofSeconds(30)).until(() -> frames.stream().anyMatch(Frame::end));
  }

  /** s16be noise at 16 kHz. */
  static byte[] noise(int seconds) {
    byte[] bytes = new byte[32_000 * seconds];
    new Random(seconds).nextBytes(bytes);
    return bytes;
  }

  List<Frame> firstSession() {
    return session(frames.get(0).session());
  }

  List<Frame> session(String session) {
    return frames.stream().filter(frame -> frame.session().equals(session)).toList();
  }

  /** Through all sessions no frame begins before the end of the one before, but for rounding. */
  void assertTimesGoOn() {
    List<Frame> known = new ArrayList<>(frames);
    for (int i = 1; i < known.size(); i++) {
      Frame before = known.get(i - 1);
      assertThat(known.get(i).captureMillis())
          .as("frame %d", i)
          .isGreaterThanOrEqualTo(before.captureMillis() + before.samples() / 16 - 3);
    }
  }

  /** As bytes of L16. */
  static byte[] heard(List<Frame> its) {
    ByteBuffer all = ByteBuffer.allocate(its.stream().mapToInt(Frame::samples).sum() * 2);
    for (Frame frame : its) {
      float[] samples = new float[frame.samples()];
      frame.decode(samples, 0);
      for (float sample : samples) {
        all.putShort((short) Math.round(sample * 32_768));
      }
    }
    return all.array();
  }

  /** No frame is of the future, and each begins where the one before it ended. */
  void assertTimes() {
    assertThat(lateness).as("ms after its capture").allMatch(late -> late >= -5);
    List<Frame> known = new ArrayList<>(frames);
    for (int i = 1; i < known.size(); i++) {
      Frame before = known.get(i - 1);
      if (!before.end()) {
        assertThat(known.get(i).captureMillis() - before.captureMillis())
            .isCloseTo(before.samples() / 16, within(2L));
      }
    }
  }
}
