package io.earshot.detector.broker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Has results committed as soon as a stage has no more of them, and at the latest after the commit
 * interval: readers of committed records wait for nothing that is not still being worked on.
 *
 * <pre>{@code
 * PromptCommit commit = commits.of(context); // in init
 * context.forward(result);
 * commit.forwarded();
 * }</pre>
 *
 * <p>A pause of {@value #QUIET_MILLIS} ms ends a burst: the segments of many streams that end
 * together share one commit. Bursts that follow each other closely share one too, for a commit
 * costs the broker as much as many records. Belongs to the task's thread.
 */
public final class PromptCommit {
  private static final long QUIET_MILLIS = 10;

  private final ProcessorContext<?, ?> context;
  private final long intervalMillis;

  /** When a task of this thread last asked. */
  private final ThreadLocal<AtomicLong> requestedMillis;

  /** Runs only while something waits: a timer alone would make an idle task commit. */
  private Cancellable timer;

  private long firstMillis;
  private long lastMillis;

  PromptCommit(
      ProcessorContext<?, ?> context,
      long intervalMillis,
      ThreadLocal<AtomicLong> requestedMillis) {
    this.context = context;
    this.intervalMillis = intervalMillis;
    this.requestedMillis = requestedMillis;
  }

  /** Something was forwarded. */
  public void forwarded() {
    if (intervalMillis == 0) {
      return;
    }
    lastMillis = context.currentSystemTimeMs();
    if (timer == null) {
      firstMillis = lastMillis;
      timer =
          context.schedule(
              Duration.ofMillis(QUIET_MILLIS), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }
  }

  /** Ends the timer, which Kafka Streams leaves running when it begins a task anew. */
  public void close() {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void tick(long nowMillis) {
    AtomicLong requested = requestedMillis.get();
    boolean covered = requested.get() > lastMillis;
    boolean quiet = nowMillis - lastMillis >= QUIET_MILLIS;
    boolean spaced = nowMillis - requested.get() >= intervalMillis / 2;
    // What another task's commit has covered waits no more.
    boolean late = nowMillis - Math.max(firstMillis, requested.get()) >= intervalMillis;
    if (!covered && !late && !(quiet && spaced)) {
      return;
    }
    timer.cancel();
    timer = null;
    if (!covered) {
      requested.set(nowMillis);
      context.commit();
    }
  }
}
