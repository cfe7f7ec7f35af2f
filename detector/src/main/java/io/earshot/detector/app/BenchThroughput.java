package io.earshot.detector.app;

import io.earshot.detector.bench.CpuTimes;
import io.earshot.detector.bench.MachineLoad;
import io.earshot.detector.bench.Stage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a full pipeline did.
 *
 * @param scored patches, in so many batches
 * @param elsewhere CPU seconds that others took
 * @param cpu seconds of each stage
 * @param bytes that each topic grew by
 */
record BenchThroughput(
    double seconds,
    long scored,
    long batches,
    double elsewhere,
    Map<Stage, Double> cpu,
    Map<String, Long> bytes) {

  static final BenchThroughput NONE = new BenchThroughput(0, 0, 0, 0, Map.of(), Map.of());

  /** Segments that are on their way, so that every stage has some. */
  private static final long FULL = 512;

  /** What has been counted up to one moment. */
  private record Reading(
      long nanos,
      long scored,
      long batches,
      double elsewhere,
      CpuTimes cpu,
      Map<String, Long> bytes) {
    static Reading of(BenchPipeline pipeline) throws UserException {
      Map<String, Long> bytes = TopicBytes.read(pipeline.kafka());
      BenchMetrics metrics = pipeline.metrics();
      return new Reading(
          System.nanoTime(),
          metrics.scored(),
          metrics.batches(),
          MachineLoad.elsewhere(),
          CpuTimes.now(),
          bytes);
    }

    BenchThroughput since(Reading first) {
      Map<String, Long> grown = new TreeMap<>();
      bytes.forEach((topic, size) -> grown.put(topic, size - first.bytes.getOrDefault(topic, 0L)));
      return new BenchThroughput(
          (nanos - first.nanos) / 1e9,
          scored - first.scored,
          batches - first.batches,
          Math.max(0, elsewhere - first.elsewhere),
          cpu.since(first.cpu),
          grown);
    }
  }

  /** Plays streams as fast as they are taken, for so long once the pipeline is full. */
  static BenchThroughput measure(BenchPipeline pipeline, String name, int count, double seconds)
      throws IOException, UserException {
    BenchStreams streams = pipeline.streams(name, count, 1);
    long full = Math.max(FULL, 4L * count);
    Reading first = null;
    while (first == null || System.nanoTime() - first.nanos < seconds * 1e9) {
      pipeline.check();
      if (pipeline.waiting(streams) < full) {
        streams.send();
      } else if (first == null && pipeline.metrics().scored() > streams.scoredBefore() + full) {
        first = Reading.of(pipeline);
      } else {
        BenchStreams.pause();
      }
    }
    BenchThroughput measured = Reading.of(pipeline).since(first);
    pipeline.finish(streams);
    return measured;
  }

  BenchThroughput plus(BenchThroughput other) {
    Map<Stage, Double> allCpu = new EnumMap<>(Stage.class);
    allCpu.putAll(cpu);
    other.cpu.forEach((stage, spent) -> allCpu.merge(stage, spent, Double::sum));
    Map<String, Long> allBytes = new TreeMap<>(bytes);
    other.bytes.forEach((topic, size) -> allBytes.merge(topic, size, Long::sum));
    return new BenchThroughput(
        seconds + other.seconds,
        scored + other.scored,
        batches + other.batches,
        elsewhere + other.elsewhere,
        allCpu,
        allBytes);
  }

  double patchesPerSecond() {
    return scored / seconds;
  }

  double meanBatch() {
    return scored / (double) Math.max(1, batches);
  }

  double coresElsewhere() {
    return elsewhere / seconds;
  }

  /** By the stages' keys. */
  Map<String, Double> cpuMillisPerPatch() {
    Map<String, Double> millis = new TreeMap<>();
    cpu.forEach((stage, spent) -> millis.put(stage.key(), 1e3 * spent / Math.max(1, scored)));
    return millis;
  }

  /** By topic. */
  Map<String, Long> bytesPerPatch() {
    Map<String, Long> each = new TreeMap<>();
    bytes.forEach((topic, size) -> each.put(topic, size / Math.max(1, scored)));
    return each;
  }
}
