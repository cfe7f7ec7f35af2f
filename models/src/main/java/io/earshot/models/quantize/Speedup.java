package io.earshot.models.quantize;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * How much faster one network is than another: processor time of one thread, batch against batch in
 * turn, the least of each. Other work on the machine takes turns too, but is not counted.
 */
final class Speedup {
  private static final int BATCH = 16;
  private static final int LEAST_ROUNDS = 8;
  private static final long LEAST_NANOS = 500_000_000;

  private final FloatBuffer patches = Network.buffer(BATCH * LogMel.PATCH_FLOATS);

  private Speedup(List<float[]> some) {
    for (int i = 0; i < BATCH; i++) {
      patches.put(some.get(i % some.size()));
    }
  }

  /**
   * Runs both.
   *
   * @param patches at least one
   */
  static double of(ModelPackage before, ModelPackage after, List<float[]> patches)
      throws PackageException {
    Speedup batch = new Speedup(patches);
    NetworkOptions oneThread = new NetworkOptions(Provider.CPU, 1);
    try (Network slow = Network.open(before, oneThread);
        Network fast = Network.open(after, oneThread)) {
      long leastSlow = Long.MAX_VALUE;
      long leastFast = Long.MAX_VALUE;
      long began = clock();
      for (int i = 0; i < LEAST_ROUNDS || clock() - began < LEAST_NANOS; i++) {
        leastSlow = Math.min(leastSlow, batch.nanos(slow, before));
        leastFast = Math.min(leastFast, batch.nanos(fast, after));
      }
      return (double) leastSlow / Math.max(1, leastFast);
    }
  }

  private long nanos(Network network, ModelPackage model) {
    int size = model.embeddingSize().orElse(model.classes());
    FloatBuffer values = Network.buffer(BATCH * size);
    long began = clock();
    if (model.embeddingSize().isPresent()) {
      network.embed(patches, BATCH, values);
    } else {
      network.score(patches, BATCH, values);
    }
    return clock() - began;
  }

  private static long clock() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
