package io.earshot.detector.app;

import java.util.concurrent.CompletableFuture;

/** A stage of the detector at work in this process. */
interface RunningStage extends AutoCloseable {
  /** Completes, with the reason, if the stage has failed for good. */
  CompletableFuture<Throwable> failed();

  /** What has failed the stage for good; null if nothing has. */
  default String failure() {
    return failed().isDone() ? Failure.oneLine(failed().join()) : null;
  }

  /** Why the stage does not work, for now; null if it does. */
  String problem();

  @Override
  void close();
}
