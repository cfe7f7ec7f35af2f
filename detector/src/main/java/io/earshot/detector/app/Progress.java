package io.earshot.detector.app;

import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.feature.LogMel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The progress of recordings, in seconds of sound: scored, of what has been fed. */
final class Progress implements PipelineMetrics, AutoCloseable {
  private final long hopSamples;
  private final AtomicLong scored = new AtomicLong();
  private final AtomicLong fed = new AtomicLong();
  private final Terminal.Bar bar = Terminal.bar("Listening", " s", LogMel.SAMPLE_RATE);

  Progress(Duration hop) {
    hopSamples = hop.toMillis() * LogMel.SAMPLE_RATE / 1000;
  }

  @Override
  public void batch(int patches, long nanos) {
    bar.done(Math.min(scored.addAndGet(patches * hopSamples), Math.max(1, fed.get())));
  }

  /** {@code samples} more have been fed, at 16 kHz. */
  void fed(long samples) {
    bar.total(fed.addAndGet(samples));
  }

  @Override
  public void close() {
    bar.close();
  }
}
