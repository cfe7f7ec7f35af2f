package io.earshot.producer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.stream.Pace;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final long SECOND_MICROS = 1_000_000;
  private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);
  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  /** Crystals are off by 100 millionths at most; 900 are for bad ones. */
  @Test
  void aLiveSenderIsNeverHeldBackHoweverFastItsCrystal() {
    for (long micros = 0; micros <= 100 * DAY_MICROS; micros += 3600 * SECOND_MICROS) {
      long hereNanos = Math.round(1000 * micros / 1.0009);
      assertThat(Timing.STREAMED.dueNanos(micros)).isLessThan(hereNanos);
      assertThat(Timing.LIVE.dueNanos(micros)).isZero();
    }
  }

  @Test
  void aFileThatIsPipedInComesInRealTime() {
    long due = Timing.STREAMED.dueNanos(DAY_MICROS);
    assertThat(due / (double) DAY_NANOS).isBetween(0.998, 1.0);
    assertThat(Timing.STREAMED.dueNanos(10 * SECOND_MICROS)).isGreaterThan(5_000_000_000L);
  }

  @Test
  void aBurstAtTheBeginningIsNotHeldBack() {
    assertThat(Timing.STREAMED.dueNanos(4 * SECOND_MICROS)).isLessThanOrEqualTo(0);
  }

  @Test
  void aFileIsPlayedByThisMachinesClock() {
    assertThat(Timing.of(Pace.REALTIME).dueNanos(DAY_MICROS)).isEqualTo(DAY_NANOS);
    assertThat(Timing.of(Pace.FAST).dueNanos(DAY_MICROS)).isZero();
    assertThat(Timing.streamed(Pace.FAST).dueNanos(DAY_MICROS)).isZero();
  }
}
