package io.earshot.producer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundLineTest {
  private static final long START = 1_767_323_045_000_000L;

  private final List<Frame> frames = new ArrayList<>();
  private int sessions;
  private final SoundLine line =
      new SoundLine("yard", Conditioning.NONE, () -> "s" + ++sessions, frames::add);

  @Test
  void soundWithoutGapsIsWholeFramesButForTheFirstAndTheEnd() throws IOException {
    line.begin(16_000, 1);
    send(16_000, 0, 16_000, 320);
    line.end();
    assertThat(frames).extracting(Frame::samples).startsWith(1560, 1600, 1600).endsWith(40);
    assertThat(frames).extracting(Frame::seq).isSorted().startsWith(0L, 1L).doesNotHaveDuplicates();
    assertThat(frames.get(frames.size() - 1).end()).isTrue();
    assertThat(frames.stream().filter(Frame::end)).hasSize(1);
    assertThat(frames).extracting(Frame::captureMillis).startsWith(START / 1000, START / 1000 + 97);
    assertThat(line.counts().frames()).isEqualTo(frames.size());
    assertThat(line.counts().gaps()).isZero();
  }

  /**
   * Packets of 20 ms (or 7.3 ms), a tenth of them lost. By the detector's rule, that each missing
   * number is sound as long as the frame before, every sample is where it was sent.
   */
  @ParameterizedTest
  @CsvSource({"16000, 320", "16000, 1600", "48000, 960", "44100, 320", "8000, 160"})
  void gapsHaveTheirLengthToTheSample(int rate, int packet) throws IOException {
    Random random = new Random(rate + packet);
    line.begin(rate, 1);
    long lost = 0;
    boolean before = false;
    int gaps = 0;
    for (int i = 0; i < 800; i++) {
      boolean loses = i > 0 && i < 799 && random.nextInt(10) == 0;
      lost += loses ? packet : 0;
      gaps += loses && !before ? 1 : 0;
      before = loses;
      if (!loses) {
        send(rate, (long) i * packet, packet, packet);
      }
    }
    line.end();
    long position = 0;
    Frame last = null;
    for (Frame frame : frames) {
      if (last != null) {
        position += last.samples() + (frame.seq() - last.seq() - 1) * last.samples();
      }
      long micros = START + position * 1_000_000 / 16_000;
      assertThat((double) frame.captureMillis())
          .as("frame %d", frame.seq())
          .isCloseTo(micros / 1000.0, within(1.5));
      last = frame;
    }
    double expected = 800L * packet * 16_000.0 / rate;
    assertThat((double) position + last.samples()).isCloseTo(expected, within(1.0));
    assertThat(line.counts().gaps()).isEqualTo(gaps);
    assertThat((double) line.counts().missingMillis()).isCloseTo(lost * 1000.0 / rate, within(1.0));
  }

  @Test
  void aLongGapJumpsInNumberAndTime() throws IOException {
    line.begin(16_000, 1);
    send(16_000, 0, 3200, 320);
    send(16_000, 83_200, 3200, 320);
    line.end();
    List<Frame> around = frames.stream().filter(f -> f.samples() == 1600).toList();
    Frame after =
        frames.stream().filter(f -> f.captureMillis() >= START / 1000 + 5200).findFirst().get();
    Frame before = frames.get(frames.indexOf(after) - 1);
    assertThat(after.captureMillis()).isEqualTo(START / 1000 + 5200);
    assertThat((after.seq() - before.seq() - 1) * before.samples())
        .as("more than 200 ms by the numbers, too")
        .isEqualTo(80_000);
    assertThat(around).isNotEmpty();
  }

  /**
   * All of it arrives at once, so its time is not known for half a second: 64 channels fill 4 MB.
   */
  @ParameterizedTest
  @CsvSource({"192000, 64, 86", "16000, 1, 5000"})
  void whatWaitsForItsTimeIsBoundedInSamplesAndInTime(int rate, int channels, double millis)
      throws IOException {
    line.begin(rate, channels);
    int block = rate / 200;
    int count = 0;
    while (frames.isEmpty() && count < 10 * rate) {
      count += block;
      line.arrived(count, new Moment(0, START));
      line.add(count - block, new float[block * channels], block);
    }
    // A frame is published when 100 ms were released.
    assertThat(count * 1000.0 / rate).isBetween(millis - 5, millis + 105);
  }

  @Test
  void whatIsHereAlreadyIsPassedOver() throws IOException {
    line.begin(16_000, 1);
    send(16_000, 0, 1600, 160);
    send(16_000, 800, 1600, 160);
    line.end();
    assertThat(frames.stream().mapToInt(Frame::samples).sum()).isEqualTo(2400);
    assertThat(line.counts().gaps()).isZero();
  }

  @Test
  void eachSessionHasItsNameAndItsEnd() throws IOException {
    line.begin(16_000, 1);
    send(16_000, 0, 1600, 160);
    line.begin(48_000, 1);
    send(48_000, 0, 9600, 960);
    line.end();
    line.end();
    assertThat(frames.stream().map(Frame::session).distinct()).containsExactly("s1", "s2");
    assertThat(frames.stream().filter(Frame::end).map(Frame::session)).containsExactly("s1", "s2");
    assertThat(frames.stream().filter(f -> f.session().equals("s2")).mapToInt(Frame::samples).sum())
        .isEqualTo(3200);
  }

  @Test
  void aSessionWithoutSoundLeavesNothing() throws IOException {
    line.begin(16_000, 1);
    line.end();
    assertThat(frames).isEmpty();
    assertThat(sessions).isZero();
  }

  @Test
  void aChannelThatIsNotThereIsRefused() {
    SoundLine second =
        new SoundLine("yard", new Conditioning(1, 0, 0), () -> "s", frame -> frames.add(frame));
    assertThatThrownBy(() -> second.begin(16_000, 1)).hasMessage("channel 1 of 1, allowed: 0 to 0");
    assertThat(second.isOpen()).isFalse();
  }

  /** Blocks that arrive as soon as they are recorded. */
  private void send(int rate, long from, int count, int block) throws IOException {
    for (long at = from; at < from + count; at += block) {
      long micros = (at + block) * 1_000_000 / rate;
      line.arrived(at + block, new Moment(micros * 1000, START + micros));
      line.add(at, new float[block], block);
    }
  }
}
