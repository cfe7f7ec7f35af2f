package io.earshot.models.onnx;

import java.util.Objects;

/**
 * How a network is run.
 *
 * @param provider CPU or GPU
 * @param threads threads that compute one batch on the CPU; 0 for as many as there are cores
 */
public record NetworkOptions(Provider provider, int threads) {

  public NetworkOptions {
    Objects.requireNonNull(provider, "provider");
    if (threads < 0) {
      throw new IllegalArgumentException("threads " + threads + " is negative");
    }
  }

  int intraOpThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
