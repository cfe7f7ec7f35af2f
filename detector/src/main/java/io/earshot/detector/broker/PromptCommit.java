package io.earshot.detector.broker;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Has results committed as soon as a stage has no more of them, and at the latest after the commit
 * interval: readers of committed records wait for nothing that is not still being worked on.
 *
 * <pre>{@code
 * PromptCommit commit = PromptCommit.of(context, Duration.ofMillis(100)); // in init
 * context.forward(result);
 * commit.forwarded(context.currentSystemTimeMs());
 * }</pre>
 *
 * <p>A pause of {@value #QUIET_MILLIS} ms ends a burst: the segments of many streams that end
 * together share one commit. Bursts that follow each other closely share one too, for a commit
 * costs the broker as much as many records. Belongs to the task's thread.
 */
public final class PromptCommit {
  private static final long QUIET_MILLIS = 10;

  private final long intervalMillis;
  private boolean pending;
  private long firstMillis;
  private long lastMillis;
  private long requestedMillis = Long.MIN_VALUE / 2;

  PromptCommit(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  /** Watches from now on over what this processor forwards. */
  public static PromptCommit of(ProcessorContext<?, ?> context, Duration interval) {
    PromptCommit commit = new PromptCommit(interval.toMillis());
    context.schedule(
        Duration.ofMillis(QUIET_MILLIS),
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          if (commit.isDue(now)) {
            context.commit();
          }
        });
    return commit;
  }

  /** Something was forwarded. */
  public void forwarded(long nowMillis) {
    if (!pending) {
      firstMillis = nowMillis;
    }
    pending = true;
    lastMillis = nowMillis;
  }

  /** Whether what was forwarded is to be committed now; it then counts as committed. */
  boolean isDue(long nowMillis) {
    boolean quiet = nowMillis - lastMillis >= QUIET_MILLIS;
    boolean spaced = nowMillis - requestedMillis >= intervalMillis / 2;
    boolean late = nowMillis - firstMillis >= intervalMillis;
    if (!pending || !(late || (quiet && spaced))) {
      return false;
    }
    pending = false;
    requestedMillis = nowMillis;
    return true;
  }
}
