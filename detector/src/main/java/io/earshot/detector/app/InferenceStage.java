package io.earshot.detector.app;

import io.earshot.models.onnx.Network;
import java.util.concurrent.CompletableFuture;

/** An inference worker, and the network that it is the only one to use. */
final class InferenceStage implements RunningStage {
  private final Network network;
  private final WorkerRunner worker;

  InferenceStage(Network network, WorkerRunner worker) {
    this.network = network;
    this.worker = worker;
  }

  @Override
  public CompletableFuture<Throwable> failed() {
    return worker.failed();
  }

  @Override
  public String problem() {
    return worker.problem();
  }

  /** What the network runs on. */
  String provider() {
    return network.provider();
  }

  @Override
  public void close() {
    worker.close();
    if (worker.hasEnded()) {
      // Freed under a network that is scoring, its memory would take the process with it.
      network.close();
    }
  }
}
