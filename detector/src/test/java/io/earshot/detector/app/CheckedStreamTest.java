package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.convert.Level;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.live.LiveStream.Status;
import io.earshot.producer.live.SoundLine.Counts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedStreamTest {
  private String source = "udp://:5000";
  private Status status = status(State.CONNECTING, "", 0, -20);
  private final CheckedStream checked = new CheckedStream(new Looked());

  @Test
  void soundAsItShouldBeIsNoProblem() {
    for (int tenth = 0; tenth <= 50; tenth++) {
      look(tenth, status(State.RUNNING, "", tenth, -20 - tenth));
    }
    assertThat(checked.row())
        .containsExactly("yard", "udp://:5000", "s16le", "-21.0 dBFS", "-", "none");
    assertThat(checked.isFine()).isTrue();
  }

  /** As where a rate of 16 kHz is said of sound of 48 kHz. */
  @Test
  void soundThatComesTooFastIsTold() {
    for (int tenth = 0; tenth <= 50; tenth++) {
      look(tenth, status(State.RUNNING, "", 3L * tenth, -20));
    }
    assertThat(problems()).isEqualTo("comes 3.0 times as fast as its rate says");
  }

  /** A server hands out at once what it has kept. */
  @Test
  void aBurstAtTheBeginningIsNoSpeed() {
    for (int tenth = 0; tenth <= 50; tenth++) {
      look(tenth, status(State.RUNNING, "", tenth + (tenth == 0 ? 0 : 100), -20));
    }
    assertThat(problems()).isEqualTo("none");
  }

  @Test
  void whatIsQuietNowAndWasNotIsNotSilent() {
    look(0, status(State.RUNNING, "", 1, -30));
    look(1, status(State.RUNNING, "", 2, -120));
    assertThat(problems()).isEqualTo("none");
  }

  @Test
  void whatIsWrongWithTheSoundIsTold() {
    Counts counts = new Counts(10, 2, 1500, 31.4, false, 0, new Level(-100, -95), 7, -0.02);
    look(0, new Status(State.RUNNING, "refused", "s16le", counts, 1, Map.of("odd_length", 3L)));
    assertThat(checked.row())
        .endsWith(
            "-100.0 dBFS",
            "+31 ppm",
            "before: refused; 2 gaps, 1500 ms missing; 7 samples clipped; offset -0.020 of full"
                + " scale; silent; 3 refused: odd_length");
  }

  @Test
  void whoIsWaitedForIsNoFailureAndWhoDoesNotAnswerIs() {
    look(0, status(State.WAITING, "", 0, 0));
    assertThat(problems()).isEqualTo("nobody has sent anything");
    assertThat(checked.isFine()).isTrue();
    look(1, status(State.CONNECTING, "no such host", 0, 0));
    assertThat(problems()).isEqualTo("no such host");
    assertThat(checked.isFine()).isFalse();
    look(2, status(State.FAILED, "the port is taken", 5, -20));
    assertThat(checked.isFine()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://sensor.lan:9000", "http://radio.example/live"})
  void aServerThatSaysNothingIsNotWaitedFor(String server) {
    source = server;
    look(0, status(State.WAITING, "", 0, 0));
    assertThat(problems()).isEqualTo("connected, but no sound came");
    assertThat(checked.isFine()).isFalse();
    look(1, status(State.RUNNING, "", 1, -20));
    assertThat(checked.isFine()).isTrue();
  }

  private Object problems() {
    return checked.row()[5];
  }

  private void look(int tenths, Status next) {
    status = next;
    checked.look(1_000 + tenths / 10.0);
  }

  private static Status status(State state, String problem, long frames, double dbfs) {
    Counts counts = new Counts(frames, 0, 0, 0, false, 0, new Level(dbfs, dbfs + 3), 0, 0);
    return new Status(state, problem, frames == 0 ? "" : "s16le", counts, 1, Map.of());
  }

  private final class Looked implements LiveStream {
    @Override
    public String name() {
      return "yard";
    }

    @Override
    public String source() {
      return source;
    }

    @Override
    public Status status() {
      return status;
    }

    @Override
    public void close() {}
  }
}
