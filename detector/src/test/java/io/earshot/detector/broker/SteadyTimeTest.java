package io.earshot.detector.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SteadyTimeTest {
  /** The machine's clock is read once; what is done to it later is not seen. */
  @Test
  void itGoesOnWithNanosecondsFromWhereTheClockWas() {
    AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    SteadyTime time = new SteadyTime(1_000_000, nanos::get);
    assertThat(time.milliseconds()).isEqualTo(1_000_000);
    nanos.addAndGet(1_999_999);
    assertThat(time.milliseconds()).isEqualTo(1_000_001);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(time.milliseconds()).isEqualTo(1_000_001 + 3_600_000);
    assertThat(time.nanoseconds()).isEqualTo(nanos.get());
  }

  @Test
  void itBeginsWithTheMachinesClock() {
    long before = System.currentTimeMillis();
    assertThat(SteadyTime.start().milliseconds()).isBetween(before, before + 60_000);
  }

  @Test
  void aConditionThatHoldsIsNotWaitedFor() throws Exception {
    SteadyTime time = new SteadyTime(1_000, () -> 0);
    time.waitObject(new Object(), () -> true, 0);
  }

  @Test
  void aConditionThatNeverHoldsTimesOutByThisTime() {
    AtomicLong nanos = new AtomicLong();
    SteadyTime time = new SteadyTime(1_000, nanos::get);
    nanos.set(TimeUnit.MILLISECONDS.toNanos(500));
    assertThatThrownBy(() -> time.waitObject(new Object(), () -> false, 1_500))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void aConditionThatComesToHoldEndsTheWait() throws Exception {
    SteadyTime time = SteadyTime.start();
    Object object = new Object();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              try {
                time.waitObject(object, done::get, time.milliseconds() + 50_000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    synchronized (object) {
      done.set(true);
      object.notifyAll();
    }
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isNull();
  }
}
