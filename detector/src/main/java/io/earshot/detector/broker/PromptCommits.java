package io.earshot.detector.broker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The commits of a topology's tasks. One that a task asks for is a commit of all tasks of its
 * thread, so they keep their distance from each other's, too.
 *
 * <pre>{@code
 * PromptCommits commits = new PromptCommits(Duration.ofMillis(100));
 * PromptCommit commit = commits.of(context); // in a processor's init, for each task anew
 * }</pre>
 */
public final class PromptCommits {
  /** For results that are seen before their commit: asks for none. */
  public static final PromptCommits NONE = new PromptCommits(Duration.ZERO);

  private final long intervalMillis;
  private final ThreadLocal<AtomicLong> requestedMillis =
      ThreadLocal.withInitial(() -> new AtomicLong(Long.MIN_VALUE / 2));

  /**
   * @param interval how long a result may wait; half of it is between two commits
   */
  public PromptCommits(Duration interval) {
    intervalMillis = interval.toMillis();
  }

  public PromptCommit of(ProcessorContext<?, ?> context) {
    return new PromptCommit(context, intervalMillis, requestedMillis);
  }
}
