package io.earshot.detector.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * All that one run of {@code earshot bench} measured; its JSON has the same names in snake case.
 *
 * @param pipelineToBareRatio patches a second through the pipeline over those of the bare loop
 * @param cpuMsPerPatch by stage, while the pipeline was full
 * @param cpuBesideInferenceMs all but the network, the benchmark's own threads and the JVM's
 * @param bytesPerPatch by topic, as they lie in the broker's log
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BenchResult(
    Setup setup,
    Throughput throughput,
    double pipelineToBareRatio,
    Latency latency,
    Sustained sustained,
    Map<String, Double> cpuMsPerPatch,
    double cpuBesideInferenceMs,
    Map<String, Long> bytesPerPatch,
    Memory memory) {

  /** What ran where. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Setup(
      String model,
      String provider,
      String delivery,
      long hopMs,
      int maxBatch,
      int threads,
      int cores,
      String java,
      String cpu) {}

  /**
   * As fast as it goes.
   *
   * @param meanBatch patches scored together, on average
   * @param coresElsewhere what other processes took meanwhile, and other machines on this hardware
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Throughput(
      double pipelinePatchesPerSecond,
      double barePatchesPerSecond,
      double meanBatch,
      double coresElsewhere) {}

  /**
   * From the capture of the frame that completes a segment to its event's arrival at a subscriber,
   * at real time, all streams in step.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Latency(
      int streams, long events, double p50Ms, double p95Ms, double p99Ms, double maxMs) {}

  /**
   * Streams at real time whose lag stayed flat.
   *
   * @param lagSeconds sound that waited at the end, a stream
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Sustained(int streams, double perCore, double lagSeconds) {}

  /**
   * Resident memory of the process, broker included; 0 where the system does not tell.
   *
   * @param modelBytes the network's file, about what it holds of memory
   * @param peakBytes the most while streams were played
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Memory(long modelBytes, long peakBytes) {}
}
