package io.earshot.detector.broker;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;

/**
 * Time for Kafka Streams that no one can set: it begins with the machine's clock and goes on with
 * {@link System#nanoTime}. Kafka Streams' own is the machine's clock; when that is set back, its
 * timers and commits wait until it is there again, and when it is set forward, all streams seem to
 * have been silent.
 *
 * <pre>{@code
 * new KafkaStreams(topology, settings, SteadyTime.start());
 * }</pre>
 *
 * <p>Its milliseconds are for measuring. Where a moment is told to others, it is the machine's
 * clock that knows it. Thread-safe.
 */
public final class SteadyTime implements Time {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startMillis;
  private final long startNanos;
  private final LongSupplier nanos;

  SteadyTime(long startMillis, LongSupplier nanos) {
    this.startMillis = startMillis;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  /** One that begins now. */
  public static SteadyTime start() {
    return new SteadyTime(System.currentTimeMillis(), System::nanoTime);
  }

  @Override
  public long milliseconds() {
    return startMillis + (nanos.getAsLong() - startNanos) / NANOS_PER_MILLI;
  }

  @Override
  public long nanoseconds() {
    return nanos.getAsLong();
  }

  @Override
  public void sleep(long millis) {
    Time.SYSTEM.sleep(millis);
  }

  /**
   * Waits until somebody notifies {@code object} and the condition holds.
   *
   * @throws TimeoutException if it does not at {@code deadlineMillis} of this time
   */
  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
      throws InterruptedException {
    synchronized (object) {
      while (!condition.get()) {
        long left = deadlineMillis - milliseconds();
        if (left <= 0) {
          throw new TimeoutException("not so before the deadline");
        }
        object.wait(left);
      }
    }
  }
}
