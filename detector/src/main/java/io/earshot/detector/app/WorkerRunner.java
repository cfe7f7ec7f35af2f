package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.detector.inference.FittingScorer;
import io.earshot.detector.inference.InferenceException;
import io.earshot.detector.inference.InferenceSettings;
import io.earshot.detector.inference.InferenceWorker;
import io.earshot.detector.inference.Scorer;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.onnx.ModelException;
import io.earshot.models.pack.ModelPackage;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an inference worker running: one that Kafka has failed is followed by another, which begins
 * at the last commit. A network that fails ends it.
 */
final class WorkerRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerRunner.class);
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final long CLOSE_MILLIS = 40_000;

  private final InferenceSettings settings;
  private final Scorer scorer;
  private final PipelineMetrics metrics;
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "earshot-patches");
  private volatile InferenceWorker worker;
  private volatile String lastFailure;

  private WorkerRunner(InferenceSettings settings, Scorer scorer, PipelineMetrics metrics) {
    this.settings = settings;
    this.scorer = scorer;
    this.metrics = metrics;
  }

  static WorkerRunner start(
      Config config,
      ModelPackage model,
      Map<String, Object> kafka,
      Scorer network,
      PipelineMetrics metrics) {
    Config.Inference inference = config.inference();
    InferenceSettings settings =
        new InferenceSettings(
            kafka,
            config.kafka().exactlyOnce(),
            InferenceWorker.GROUP + "-" + UUID.randomUUID(),
            new Event.Model(model.name(), model.version()).header(),
            model.frontEnd().logOffset(),
            model.classes(),
            inference.maxBatch(),
            inference.linger().toMillis(),
            config.kafka().commitInterval().toMillis(),
            inference.ring(),
            inference.overload() == Config.Overload.SHED ? inference.backlog() : 0);
    // One for all workers: what fits the GPU's memory is found out once.
    Scorer scorer = new FittingScorer(network, model.classes());
    WorkerRunner runner = new WorkerRunner(settings, scorer, metrics);
    runner.thread.start();
    return runner;
  }

  CompletableFuture<Throwable> failed() {
    return failed;
  }

  /** Why nothing is scored, for now; null if all is well. */
  String problem() {
    InferenceWorker current = worker;
    String failure = lastFailure;
    if (failure != null) {
      return "begins anew after: " + failure;
    }
    return current == null ? "is yet to start" : current.problem(System.nanoTime());
  }

  /** Whether no thread of it runs any more. */
  boolean hasEnded() {
    return !thread.isAlive();
  }

  @Override
  public void close() {
    closing.countDown();
    InferenceWorker current = worker;
    if (current != null) {
      current.close();
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.warn("the inference worker did not end within {} ms", CLOSE_MILLIS);
    }
  }

  private void run() {
    try {
      long pause = FIRST_PAUSE_MILLIS;
      long began = System.nanoTime();
      while (!runWorker()) {
        if (System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS)) {
          // It has worked, so what has failed it is new.
          pause = FIRST_PAUSE_MILLIS;
        }
        if (closes(pause)) {
          return;
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        began = System.nanoTime();
      }
    } catch (Throwable e) {
      failed.complete(e);
    }
  }

  /**
   * Runs one worker.
   *
   * @return whether it ended as it should; if not, another is to follow
   */
  private boolean runWorker() throws InferenceException {
    worker = new InferenceWorker(settings, scorer, metrics);
    lastFailure = null;
    if (closing.getCount() == 0) {
      return true;
    }
    try {
      worker.run();
      return true;
    } catch (InferenceException e) {
      if (e.getCause() instanceof ModelException || e.getCause() instanceof Error) {
        throw e;
      }
      lastFailure = Failure.oneLine(e);
      log.warn("{}; a new worker begins at the last commit", e.getMessage());
      return false;
    }
  }

  /** Waits; whether this runner was closed meanwhile. */
  private boolean closes(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }
}
