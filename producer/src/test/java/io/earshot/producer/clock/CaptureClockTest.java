package io.earshot.producer.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against simulated senders, whose true capture times are known. */
class CaptureClockTest {
  private static final int RATE = 48_000;
  private static final int BLOCK = RATE / 10;
  private static final long START = 1_767_323_045_006_999L;
  private static final double MILLI = 1000;
  private static final double SECOND = 1e6;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(8);
  private final CaptureClock clock = new CaptureClock(RATE);
  private double worst;
  private double lastMicros;

  /** Jitter is even up to 50 ms, or 10 ms on average with a long tail. */
  @ParameterizedTest
  @CsvSource({"100, 50, false", "-100, 50, false", "0, 50, false", "37.5, 10, true"})
  void afterADayOfDriftAndJitterTimesAreRightWithinMilliseconds(
      double ppm, double jitterMillis, boolean longTail) {
    DoubleSupplier jitter =
        longTail
            ? () -> jitterMillis * MILLI * random.nextExponential()
            : () -> random.nextDouble(jitterMillis * MILLI);
    run(new Sender(ppm, jitter), 24 * 3600, 120);
    assertThat(worst).isLessThan(3 * MILLI);
    assertThat(clock.driftPpm()).isCloseTo(ppm, within(5.0));
    assertThat(clock.steps()).isZero();
  }

  @Test
  void jitterDoesNotMoveTimes() {
    Sender sender = new Sender(0, () -> random.nextDouble(50 * MILLI));
    run(sender, 120, 120);
    long before = clock.captureMicros(sender.position);
    for (int second = 0; second < 100; second++) {
      run(sender, 1, 0);
      long micros = clock.captureMicros(sender.position);
      assertThat((micros - before) / MILLI).isCloseTo(1000, within(0.2));
      before = micros;
    }
  }

  @Test
  void aStallAfterWhichTheRestComesAtOnceMovesNothing() {
    Sender sender = new Sender(0, () -> 0);
    run(sender, 60, 0);
    double stalled = sender.trueMicros();
    sender.delay = micros -> Math.max(0, stalled + 5 * SECOND - micros);
    run(sender, 60, 0);
    assertThat(worst).isLessThan(0.001 * MILLI + 1);
    assertThat(clock.steps()).isZero();
  }

  @Test
  void aSenderThatPausedIsAStepAfterTwoSeconds() {
    Sender sender = new Sender(20, () -> random.nextDouble(5 * MILLI));
    run(sender, 300, 120);
    sender.pause(3 * SECOND);
    run(sender, 10, 5);
    assertThat(worst).isLessThan(6 * MILLI);
    assertThat(clock.steps()).isEqualTo(1);
    assertThat(clock.driftPpm()).as("kept across the step").isCloseTo(20, within(5.0));
  }

  @Test
  void storedSoundAtTheBeginningIsOfThePast() {
    Sender sender = new Sender(0, () -> 0);
    for (int i = 0; i < 40; i++) {
      clock.arrived((i + 1) * BLOCK, sender.moment());
    }
    sender.position = 40 * BLOCK;
    sender.base -= 4 * SECOND;
    assertThat(clock.isSettled()).isFalse();
    while (!clock.isSettled()) {
      sender.send(clock);
    }
    assertThat(clock.captureMicros(0)).isEqualTo(Math.round(sender.base));
    run(sender, 30, 0);
    assertThat(worst).isLessThan(1 * MILLI);
    assertThat(clock.steps()).isZero();
  }

  /** As of a process that has to load its classes first. */
  @Test
  void aLateFirstArrivalDoesNotCount() {
    Sender sender = new Sender(0, () -> 0);
    sender.delay = micros -> micros < START + SECOND / 5 ? 300 * MILLI : 0;
    sender.send(clock);
    while (!clock.isSettled()) {
      sender.send(clock);
    }
    run(sender, 30, 0);
    assertThat(worst).isLessThan(1 * MILLI);
    assertThat(clock.steps()).isZero();
  }

  @Test
  void aFileThatComesAsFastAsItCanHasTheTimesOfItsSamples() {
    long first = 0;
    for (int i = 0; i < 6000; i++) {
      long nanos = i * 1_000_000L;
      clock.arrived((i + 1) * BLOCK, new Moment(nanos, START + nanos / 1000));
      if (clock.isSettled()) {
        first = first == 0 ? clock.captureMicros(0) : first;
        assertThat(clock.captureMicros(i * BLOCK)).isEqualTo(first + i * 100_000L);
      }
    }
    assertThat(first).isBetween(START - 51_000_000, START);
  }

  @Test
  void aBetterEstimateChangesTimesByAtMost5MillisecondsASecond() {
    Sender sender = new Sender(0, () -> 0);
    sender.delay = micros -> micros < sender.base + 20 * SECOND ? 150 * MILLI : 0;
    long before = 0;
    double largest = 0;
    for (int i = 0; i < 1000; i++) {
      sender.send(clock);
      long micros = clock.captureMicros(sender.position - BLOCK);
      if (i > 0) {
        largest = Math.max(largest, Math.abs(micros - before - 100 * MILLI));
      }
      before = micros;
    }
    assertThat(largest).isBetween(0.4 * MILLI, 0.502 * MILLI);
    assertThat(before - sender.trueMicros() + 100 * MILLI).isCloseTo(0, within(0.1 * MILLI));
    assertThat(clock.steps()).isZero();
  }

  @Test
  void aWallClockThatIsSetALittleIsFollowedSlowly() {
    Sender sender = new Sender(0, () -> 0);
    run(sender, 60, 0);
    sender.wallSet = 100 * MILLI;
    run(sender, 1, 0);
    assertThat(lastMicros - sender.trueMicros()).isBetween(0.0, 0.6 * MILLI);
    run(sender, 300, 0);
    assertThat(lastMicros - sender.trueMicros()).isCloseTo(100 * MILLI, within(1 * MILLI));
    assertThat(clock.steps()).isZero();
  }

  @Test
  void aWallClockThatIsSetByAnHourIsFollowedAtOnce() {
    Sender sender = new Sender(0, () -> 0);
    run(sender, 60, 0);
    sender.wallSet = -3600 * SECOND;
    run(sender, 5, 0);
    assertThat(lastMicros - sender.trueMicros()).isCloseTo(-3600 * SECOND, within(0.1 * MILLI));
    assertThat(clock.steps()).isEqualTo(1);
  }

  @Test
  void oneLookAtTheWallClockThatIsWrongMovesNothing() {
    Sender sender = new Sender(0, () -> 0);
    run(sender, 60, 0);
    sender.wallSet = 2 * SECOND;
    sender.send(clock);
    sender.wallSet = 0;
    run(sender, 10, 0);
    assertThat(worst).isLessThan(0.01 * MILLI);
  }

  @Test
  void theSendersOwnClockWinsOverArrivals() {
    Sender sender = new Sender(80, () -> 30 * MILLI + random.nextDouble(50 * MILLI));
    for (int minute = 0; minute < 30; minute++) {
      for (int report = 0; report < 12; report++) {
        double error = random.nextGaussian() * 0.3 * MILLI;
        clock.reported(sender.position, Math.round(sender.trueMicros() + error));
        run(sender, 5, 0);
      }
    }
    assertThat(clock.isSendersClock()).isTrue();
    assertThat(worst).isLessThan(1.5 * MILLI);
    assertThat(clock.driftPpm()).isCloseTo(80, within(5.0));
  }

  @Test
  void oneWrongReportMovesNothingTwoAreAStep() {
    Sender sender = new Sender(0, () -> 0);
    for (int i = 0; i < 20; i++) {
      clock.reported(sender.position, Math.round(sender.trueMicros()));
      run(sender, 1, 0);
    }
    clock.reported(sender.position, Math.round(sender.trueMicros() + SECOND));
    run(sender, 1, 0);
    assertThat(worst).isLessThan(0.1 * MILLI);
    clock.reported(sender.position, Math.round(sender.trueMicros() + SECOND));
    run(sender, 1, 0);
    assertThat(lastMicros - sender.trueMicros()).isCloseTo(SECOND, within(0.1 * MILLI));
    assertThat(clock.steps()).isEqualTo(1);
  }

  @Test
  void aSenderWhoseClockWasNeverSetIsNotBelieved() {
    Sender sender = new Sender(0, () -> 0);
    for (int i = 0; i < 20; i++) {
      run(sender, 1, 0);
      clock.reported(sender.position, sender.position * 1_000_000 / RATE);
    }
    assertThat(clock.isSendersClock()).isFalse();
    assertThat(worst).isLessThan(0.1 * MILLI);
  }

  @Test
  void thereIsNoTimeBeforeAnythingHasArrived() {
    assertThatThrownBy(() -> clock.captureMicros(0)).isInstanceOf(IllegalStateException.class);
  }

  /** {@link #worst} is that of what came {@code settled} seconds after the call or later. */
  private void run(Sender sender, int seconds, int settled) {
    for (int block = 0; block < 10 * seconds; block++) {
      sender.send(clock);
      long first = sender.position - BLOCK;
      lastMicros = clock.captureMicros(first) + BLOCK * SECOND / RATE;
      if (block >= 10 * settled) {
        worst = Math.max(worst, Math.abs(lastMicros - sender.trueMicros()));
      }
    }
  }

  /** Sends a block of 100 ms as soon as it has recorded it. */
  private static final class Sender {
    private final double rate;
    private final DoubleSupplier jitter;
    private double base = START;
    private DoubleUnaryOperator delay = micros -> 0;
    private double wallSet;
    private long position;
    private double arrival;

    Sender(double ppm, DoubleSupplier jitter) {
      this.rate = RATE * (1 + ppm / 1e6);
      this.jitter = jitter;
    }

    /** When the sample at {@link #position} was captured. */
    double trueMicros() {
      return base + position * SECOND / rate;
    }

    void pause(double micros) {
      base += micros;
    }

    void send(CaptureClock clock) {
      position += BLOCK;
      clock.arrived(position, moment());
    }

    /** In order: a block that is late holds up those behind it. */
    Moment moment() {
      double now = trueMicros() + jitter.getAsDouble() + delay.applyAsDouble(trueMicros());
      arrival = Math.max(arrival, now);
      return new Moment(Math.round((arrival - START) * 1000), Math.round(arrival + wallSet));
    }
  }
}
