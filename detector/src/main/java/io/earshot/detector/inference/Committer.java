package io.earshot.detector.inference;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits on a thread of its own: the next batch is scored while Kafka answers. There is one commit
 * at a time, and nothing is sent meanwhile.
 *
 * <p>Its methods belong to the inference thread.
 */
final class Committer implements AutoCloseable {
  private final ScorePublisher publisher;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "earshot-commit"));
  private Future<?> running;

  Committer(ScorePublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Begins to commit what was sent; the one before has ended.
   *
   * @param done is run on the committing thread when it is durable
   */
  void commit(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group, Runnable done) {
    running =
        thread.submit(
            () -> {
              publisher.commit(offsets, group);
              done.run();
            });
  }

  /** Throws what has failed the commit that was begun, if it has ended. */
  void check() throws InterruptedException {
    if (running != null && running.isDone()) {
      await();
    }
  }

  /** Waits for the commit that was begun, and throws what has failed it. */
  void await() throws InterruptedException {
    if (running == null) {
      return;
    }
    Future<?> commit = running;
    running = null;
    try {
      commit.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for nothing: a commit that hangs ends with its publisher. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
