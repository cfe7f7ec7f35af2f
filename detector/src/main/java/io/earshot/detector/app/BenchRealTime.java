package io.earshot.detector.app;

import io.earshot.detector.bench.BenchResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Streams at the pace of real ones: how late events are, and how many streams it keeps up with. */
final class BenchRealTime {
  private static final int FRAMES_A_SECOND = 10;
  private static final double FIRST_TRY = 0.95;
  private static final double NEXT_TRY = 0.9;

  /** Lag that grows by less, in seconds of sound a second, is flat. */
  private static final double FLAT = 0.01;

  /** So much it wanders from one batch and commit to the next. */
  private static final double WANDERS_SECONDS = 0.3;

  private final BenchPipeline pipeline;
  private final int seconds;

  BenchRealTime(BenchPipeline pipeline, int seconds) {
    this.pipeline = pipeline;
    this.seconds = seconds;
  }

  /** All streams in step: their segments are complete at the same moments. */
  BenchResult.Latency latency(int count) throws IOException, UserException {
    BenchStreams streams = pipeline.streams("step-", count, 1);
    int frames = seconds * FRAMES_A_SECOND;
    Histogram latencies = pipeline.events().time("step-", streams.clock(), frames);
    for (int i = 0; i < frames; i++) {
      pipeline.check();
      streams.sendInTime();
    }
    pipeline.finish(streams);
    pipeline.events().stop();
    return new BenchResult.Latency(
        count,
        latencies.getTotalCount(),
        millis(latencies, 50),
        millis(latencies, 95),
        millis(latencies, 99),
        millis(latencies, 100));
  }

  private static double millis(Histogram latencies, double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }

  /** As many streams as the throughput promises, fewer until the lag stays flat. */
  BenchResult.Sustained sustained(double patchesPerSecond) throws IOException, UserException {
    double promised = patchesPerSecond * pipeline.hopMillis() / 1e3;
    int count = (int) Math.max(1, FIRST_TRY * promised);
    List<Double> lags = lags(count);
    while (!isFlat(lags) && count > 1) {
      count = (int) (NEXT_TRY * count);
      lags = lags(count);
    }
    int kept = isFlat(lags) ? count : 0;
    return new BenchResult.Sustained(
        kept, kept / (double) Runtime.getRuntime().availableProcessors(), lastQuarter(lags));
  }

  /** Seconds of sound that wait, a stream, after each frame. */
  private List<Double> lags(int count) throws IOException, UserException {
    // Streams begin over a second: real ones are not in step.
    BenchStreams streams = pipeline.streams("real-time-" + count + "-", count, FRAMES_A_SECOND);
    List<Double> lags = new ArrayList<>();
    for (int i = 0; i < seconds * FRAMES_A_SECOND; i++) {
      pipeline.check();
      streams.sendInTime();
      double waiting = pipeline.waiting(streams) * pipeline.hopMillis() / 1e3 / count;
      lags.add(waiting + streams.lateSeconds());
    }
    pipeline.finish(streams);
    return lags;
  }

  /** Compares the second quarter of the time with the last. */
  private boolean isFlat(List<Double> lags) {
    double early = mean(lags.subList(lags.size() / 4, lags.size() / 2));
    return lastQuarter(lags) - early < Math.max(WANDERS_SECONDS, FLAT * seconds / 2);
  }

  private static double lastQuarter(List<Double> lags) {
    return mean(lags.subList(3 * lags.size() / 4, lags.size()));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
