package io.earshot.detector.app;

import io.earshot.models.synth.Sound;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.AudioSource;
import java.time.Instant;

/** A made scene as a source of sound. */
final class SceneSource implements AudioSource {
  private final String name;
  private final float[] samples;
  private final Instant start;
  private int position;
  private volatile boolean stopped;

  SceneSource(String name, float[] samples, Instant start) {
    this.name = name;
    this.samples = samples;
    this.start = start;
  }

  @Override
  public AudioShape shape() {
    return new AudioShape(Sound.SAMPLE_RATE, 1);
  }

  @Override
  public int read(float[] interleaved) {
    int count = Math.min(interleaved.length, samples.length - position);
    if (stopped || count == 0) {
      return -1;
    }
    System.arraycopy(samples, position, interleaved, 0, count);
    position += count;
    return count;
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public long totalFrames() {
    return samples.length;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {}
}
