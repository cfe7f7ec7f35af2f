package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
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
  private record Heard(long now, long end, long arrival, double captured) {}

  private final List<Heard> heard = new ArrayList<>();
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
    Heard first = heard.get(0);
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
    assertThat(heard).extracting(Heard::arrival).containsExactly(-1020L, -20L);
    assertThat(paced.isEmpty()).isTrue();
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
    for (Heard one : heard) {
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
    public void sound(long position, float[] interleaved, int frames, Moment arrival) {
      long end = position + frames;
      clock.arrived(end, arrival);
      heard.add(
          new Heard(
              now,
              end / 16,
              arrival.nanos() / 1_000_000,
              clock.captureMicros(position) / 1000.0 + frames / 16.0));
    }

    @Override
    public void damaged() {}
  }
}
