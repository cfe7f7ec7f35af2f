package io.earshot.detector.app;

import io.earshot.detector.bench.BenchResult;
import io.earshot.models.pack.ModelPackage;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of the benchmark: the pipeline warmed up, then as fast as it goes in turn with the bare
 * loop, then at real time for latency, then at real time with as many streams as it keeps up with.
 * All in one process, broker included.
 */
final class Bench {
  /**
   * Long enough for the JVM's compilers, if the measurements are not much shorter: with a network
   * that takes no time, everything else is called ten times as often.
   */
  private static final int WARM_UP_SECONDS = 40;

  /** The pipeline and the network alone are measured in turn: machines change their speed. */
  private static final int TURNS = 3;

  private final Config config;
  private final ModelPackage model;
  private final int streams;
  private final int seconds;

  /**
   * @param streams played for throughput and latency
   * @param seconds of each measurement
   */
  Bench(Config config, ModelPackage model, int streams, int seconds) {
    this.config = config;
    this.model = model;
    this.streams = streams;
    this.seconds = seconds;
  }

  /**
   * Runs it.
   *
   * @throws UserException a stage failed
   * @throws BenchPipeline.Interrupted Ctrl-C came
   */
  BenchResult run(Interrupt interrupt) throws Exception {
    try (BenchPipeline pipeline = BenchPipeline.open(config, model, interrupt);
        BenchMemory memory = BenchMemory.open()) {
      BareLoop bare = pipeline.bareLoop(config.inference().maxBatch());
      warmUp(pipeline);
      bare.run(1);
      BareLoop.Speed alone = BareLoop.Speed.NONE;
      BenchThroughput full = BenchThroughput.NONE;
      for (int turn = 0; turn < TURNS; turn++) {
        alone = alone.plus(bare.run(seconds / 2.0 / TURNS));
        full =
            full.plus(
                BenchThroughput.measure(
                    pipeline, "full-" + turn + "-", streams, (double) seconds / TURNS));
        alone = alone.plus(bare.run(seconds / 2.0 / TURNS));
      }
      BenchRealTime realTime = new BenchRealTime(pipeline, seconds);
      BenchResult.Latency latency = realTime.latency(streams);
      BenchResult.Sustained sustained = realTime.sustained(full.patchesPerSecond());
      Map<String, Double> cpu = cpu(full, alone);
      return new BenchResult(
          BenchSetup.of(config, model, pipeline.network()),
          new BenchResult.Throughput(
              full.patchesPerSecond(),
              alone.patchesPerSecond(),
              full.meanBatch(),
              full.coresElsewhere()),
          full.patchesPerSecond() / alone.patchesPerSecond(),
          latency,
          sustained,
          cpu,
          cpu.get("broker") + cpu.get("streams") + cpu.get("clients") + cpu.get("worker"),
          full.bytesPerPatch(),
          new BenchResult.Memory(BenchSetup.bytes(model), memory.peak()));
    }
  }

  private void warmUp(BenchPipeline pipeline) throws Exception {
    int length = Math.min(WARM_UP_SECONDS, 4 * seconds);
    pipeline.restNetwork(true);
    BenchThroughput.measure(pipeline, "warm-up-", streams, length);
    pipeline.restNetwork(false);
    BenchThroughput.measure(pipeline, "warm-up-network-", streams, length / 4.0);
  }

  /** The network's part of the inference stage is what a patch takes in the bare loop. */
  private static Map<String, Double> cpu(BenchThroughput full, BareLoop.Speed alone) {
    Map<String, Double> cpu = new TreeMap<>(full.cpuMillisPerPatch());
    double inference = cpu.remove("inference");
    double network = Math.min(inference, alone.cpuMillisPerPatch());
    cpu.put("network", network);
    cpu.put("worker", inference - network);
    return cpu;
  }
}
