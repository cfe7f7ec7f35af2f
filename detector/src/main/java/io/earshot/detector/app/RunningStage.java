package io.earshot.detector.app;

import java.util.concurrent.CompletableFuture;

/** A stage of the detector at work in this process. */
interface RunningStage extends AutoCloseable {
  /** Completes, with the reason, if the stage has failed for good. */
  CompletableFuture<Throwable> failed();

  @Override
  void close();
}
