package io.earshot.detector.app;

import io.earshot.detector.bench.CpuTimes;
import io.earshot.detector.bench.Stage;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What a full pipeline does: patches a second, CPU and bytes a patch. */
record BenchThroughput(
    double patchesPerSecond,
    double meanBatch,
    Map<String, Double> cpuMillisPerPatch,
    Map<String, Long> bytesPerPatch) {

  /** Segments that are on their way, so that every stage has some. */
  private static final long FULL = 512;

  /** What has been counted up to one moment. */
  private record Reading(
      long nanos, long scored, long batches, CpuTimes cpu, Map<String, Long> bytes) {
    static Reading of(BenchPipeline pipeline) throws UserException {
      Map<String, Long> bytes = TopicBytes.read(pipeline.kafka());
      BenchMetrics metrics = pipeline.metrics();
      return new Reading(
          System.nanoTime(), metrics.scored(), metrics.batches(), CpuTimes.now(), bytes);
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
    BenchThroughput measured = between(first, Reading.of(pipeline));
    pipeline.finish(streams);
    return measured;
  }

  private static BenchThroughput between(Reading first, Reading last) {
    long scored = Math.max(1, last.scored - first.scored);
    Map<String, Double> cpu = new TreeMap<>();
    for (Map.Entry<Stage, Double> stage : last.cpu.since(first.cpu).entrySet()) {
      cpu.put(stage.getKey().key(), 1e3 * stage.getValue() / scored);
    }
    Map<String, Long> bytes = new TreeMap<>();
    last.bytes.forEach(
        (topic, size) -> bytes.put(topic, (size - first.bytes.getOrDefault(topic, 0L)) / scored));
    return new BenchThroughput(
        scored / ((last.nanos - first.nanos) / 1e9),
        scored / (double) Math.max(1, last.batches - first.batches),
        cpu,
        bytes);
  }
}
