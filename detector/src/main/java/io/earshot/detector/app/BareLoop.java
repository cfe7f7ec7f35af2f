package io.earshot.detector.app;

import io.earshot.detector.bench.CpuTimes;
import io.earshot.detector.bench.Stage;
import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The network alone, in full batches, one after another: what a pipeline can at best come to. */
final class BareLoop {
  /**
   * What one measurement saw.
   *
   * @param cpuMillis of the network: this thread, and those of ONNX Runtime
   */
  record Speed(long patches, double seconds, double cpuMillis) {
    static final Speed NONE = new Speed(0, 0, 0);

    double patchesPerSecond() {
      return patches / seconds;
    }

    double cpuMillisPerPatch() {
      return cpuMillis / patches;
    }

    Speed plus(Speed other) {
      return new Speed(
          patches + other.patches, seconds + other.seconds, cpuMillis + other.cpuMillis);
    }
  }

  private final Network network;
  private final BooleanSupplier stop;
  private final int batch;
  private final FloatBuffer patches;
  private final FloatBuffer scores;
  private final int count;

  /**
   * @param stop ends a measurement early
   */
  BareLoop(Network network, int batch, List<float[]> sound, BooleanSupplier stop) {
    this.network = network;
    this.stop = stop;
    this.batch = batch;
    // Whole batches, over and over the same patches.
    count = (sound.size() + batch - 1) / batch * batch;
    patches = Network.buffer(count * LogMel.PATCH_FLOATS);
    for (int i = 0; i < count; i++) {
      patches.put(sound.get(i % sound.size()));
    }
    scores = Network.buffer(batch * network.classes());
  }

  float[] scores(int patch) {
    network.score(patches.slice(patch * LogMel.PATCH_FLOATS, LogMel.PATCH_FLOATS), 1, scores);
    float[] one = new float[network.classes()];
    scores.get(0, one);
    return one;
  }

  private static double cpuSeconds(Map<Stage, Double> stages) {
    return stages.get(Stage.BENCH) + stages.get(Stage.INFERENCE);
  }

  Speed run(double seconds) {
    CpuTimes before = CpuTimes.now();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long done = 0;
    while (System.nanoTime() < end && !stop.getAsBoolean()) {
      int at = (int) (done % count);
      network.score(
          patches.slice(at * LogMel.PATCH_FLOATS, batch * LogMel.PATCH_FLOATS), batch, scores);
      done += batch;
    }
    return new Speed(
        done, (System.nanoTime() - start) / 1e9, 1e3 * cpuSeconds(CpuTimes.now().since(before)));
  }
}
