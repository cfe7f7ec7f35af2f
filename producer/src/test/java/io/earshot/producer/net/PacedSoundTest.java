package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.clock.CaptureClock;
import io.earshot.producer.clock.Moment;
import io.earshot.producer.source.AudioShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time is a number here, in milliseconds; the sound has one frame for each sixteenth of one. */
class PacedSoundTest {
  private static final AudioShape SHAPE = new AudioShape(16_000, 1);

  /** When what was passed on, and the capture time that the clock gives its end. */
  private record Passed(long now, long end, long arrival, double captured) {}

  private final List<Passed> heard = new ArrayList<>();
  private final List<Integer> frames = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private final PacedSound paced = new PacedSound(new Listener());
  private long now;
  private long sent;

  @Test
  void whatComesInTimeIsNotHeldBack() throws IOException {
    paced.begins(SHAPE, "raw");
    for (now = 0; now < 400_000; now += 20) {
      // A crystal that is a two-thousandth fast, and a network that is up to 5 ms late.
      send(now + 20 + now / 2000, now % 6 == 0 ? 5 : 0);
      assertThat(now > 300 && paced.isFull()).as("at %d ms", now).isFalse();
    }
    assertThat(heard.get(heard.size() - 1).end()).isEqualTo(sent);
    assertNoFuture(3);
  }

  /** A page's: what it had to drop for a while. */
  @Test
  void whatIsMissingMayBeAsLongAsTheTimeThatHasPassed() throws IOException {
    paced.begins(SHAPE, "raw");
    for (now = 0; now < 2_000; now += 20) {
      send(now + 20, 0);
    }
    // What the network still had comes at once, and after it what is missing.
    now = 3_600_000;
    send(6_000, 0);
    paced.misses(16L * 3_590_000, moment(now));
    send(now, 0);
    assertThat(paced.isFull()).isFalse();
  }

  @Test
  void whatIsMissingOfAFileIsNoMoreThanTenSecondsAheadOfItsSound() throws IOException {
    paced.begins(SHAPE, "raw");
    float[] second = new float[16_000];
    for (int i = 0; i < 3; i++) {
      paced.sound(16_000L * 4 * i, second, second.length, moment(now));
      paced.misses(16_000 * 3, moment(now));
    }
    assertThatThrownBy(() -> paced.misses(16_000 * 2, moment(now)))
        .hasMessage("missing: 32000 frames, allowed: at most 10 s more than have passed");
    paced.end();
    now = 10_000;
    paced.passOn(moment(now));
    paced.misses(16_000 * 5, moment(now));
    assertThat(paced.isEmpty()).isTrue();
  }

  @Test
  void aBurstIsOfThePastAndWhatFollowsOfNow() throws IOException {
    paced.begins(SHAPE, "raw");
    for (now = 0; now < 300; now += 10) {
      send(100 + 20 * now, 0);
    }
    long burst = sent;
    for (; now < 3000; now += 20) {
      send(burst + now - 300 + 20, 0);
    }
    Passed first = heard.get(0);
    assertThat(first.captured()).isCloseTo(300 - (burst - first.end()), within(45.0));
    assertThat(heard.get(heard.size() - 1).captured()).isCloseTo(now, within(50.0));
    assertNoFuture(3);
  }

  @Test
  void aFileIsTenSecondsAheadAndThenAsFastAsTime() throws IOException {
    paced.begins(SHAPE, "raw");
    for (now = 0; now < 60_000; now++) {
      if (!paced.isFull()) {
        send(sent + 250, 0);
      } else {
        paced.passOn(moment(now));
      }
      assertThat(sent).isLessThan(11_000 + now + now / 500);
    }
    assertThat(sent).isCloseTo(70_000, within(500L));
    assertNoFuture(3);
  }

  /** However much comes before anybody can stop it. */
  @Test
  void noMoreThanTenSecondsAreOfThePast() throws IOException {
    paced.begins(SHAPE, "raw");
    float[] second = new float[16_000];
    for (int i = 0; i < 60; i++) {
      paced.sound(16_000L * i, second, second.length, moment(now));
    }
    paced.passOn(moment(now));
    assertThat(heard.get(heard.size() - 1).end()).isEqualTo(10_000);
    now = 2_500;
    paced.passOn(moment(now));
    assertThat(heard.get(heard.size() - 1).end()).isEqualTo(12_000);
    assertNoFuture(3);
  }

  @Test
  void anotherFormatComesAfterWhatCameBefore() throws IOException {
    paced.begins(SHAPE, "first");
    send(3000, 0);
    paced.begins(new AudioShape(8_000, 2), "second");
    paced.sound(0, new float[16_000], 8_000, moment(0));
    assertThat(begun).containsExactly("first");
    paced.end();
    paced.passOn(moment(1));
    assertThat(begun).containsExactly("first", "second");
    assertThat(heard).extracting(Passed::arrival).containsExactly(-1020L, -20L);
    assertThat(paced.isEmpty()).isTrue();
  }

  /** Heard up to 250 ms; at 300 ms a burst comes that reaches back to -720. */
  @Test
  void whatWasHeardOfLiveSoundIsDropped() throws IOException {
    PacedSound again = new PacedSound(new Listener(), heardUpTo(250), PacedSound.Past.DROPPED);
    burst(again);
    assertThat(heard).extracting(Passed::end).containsExactly(1000L);
    assertThat(frames).containsExactly(480);
    assertThat(heard.get(0).arrival()).isEqualTo(280);
  }

  @Test
  void aFileBeginsWhereTheSoundBeforeItEnded() throws IOException {
    PacedSound file = new PacedSound(new Listener(), heardUpTo(250), PacedSound.Past.MOVED);
    burst(file);
    assertThat(heard).isEmpty();
    for (now = 300; now < 2000; now++) {
      file.passOn(moment(now));
    }
    assertThat(heard).extracting(Passed::arrival).containsExactly(750L, 1250L);
    assertThat(heard).extracting(Passed::now).containsExactly(750L, 1250L);
    assertThat(heard.get(0).captured() - 500).isEqualTo(250);
  }

  private static Heard heardUpTo(long millis) {
    Heard before = new Heard();
    before.upTo(millis * 1_000_000);
    return before;
  }

  /** A second of sound in two blocks. */
  private void burst(PacedSound to) throws IOException {
    now = 300;
    to.begins(SHAPE, "raw");
    to.sound(0, new float[8_000], 8_000, moment(now));
    to.sound(8_000, new float[8_000], 8_000, moment(now));
    to.end();
    to.passOn(moment(now));
  }

  /** For 20 years. */
  @Test
  void positionsMayBeLarge() throws IOException {
    paced.begins(SHAPE, "raw");
    send(20, 0);
    now = 300;
    paced.passOn(moment(now));
    now = 20L * 365 * 86_400_000;
    send(now, 0);
    assertThat(heard).hasSize(2);
    now += 1000;
    send(now + 30_000_000_000L, 0);
    assertThat(paced.isFull()).isTrue();
  }

  private void assertNoFuture(double tolerance) {
    assertThat(heard).isNotEmpty();
    for (Passed one : heard) {
      assertThat(one.captured()).as("at %d ms", one.now()).isLessThan(one.now() + tolerance);
    }
  }

  private void send(long end, long late) throws IOException {
    float[] samples = new float[(int) Math.min(16 * (end - sent), 320_000)];
    paced.sound(16 * end - samples.length, samples, samples.length, moment(now + late));
    sent = end;
    paced.passOn(moment(now + late));
  }

  private static Moment moment(long millis) {
    return new Moment(millis * 1_000_000, millis * 1_000);
  }

  private final class Listener implements ByteSound.Listener {
    private final CaptureClock clock = new CaptureClock(16_000);

    @Override
    public void begins(AudioShape shape, String format) {
      begun.add(format);
    }

    @Override
    public void sound(long position, float[] interleaved, int count, Moment arrival) {
      long end = position + count;
      frames.add(count);
      clock.arrived(end, arrival);
      heard.add(
          new Passed(
              now,
              end / 16,
              arrival.nanos() / 1_000_000,
              clock.captureMicros(position) / 1000.0 + count / 16.0));
    }

    @Override
    public void damaged() {}
  }
}
