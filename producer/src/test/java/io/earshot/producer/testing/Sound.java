package io.earshot.producer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/** All of a source's sound. */
public record Sound(AudioShape shape, float[] samples) {
  public static Sound of(Path file) throws IOException {
    try (AudioSource source = FileSource.open(file, Instant.EPOCH)) {
      return of(source);
    }
  }

  public static Sound of(AudioSource source) throws IOException {
    int channels = source.shape().channels();
    // A length that no decoder's own block divides.
    float[] block = new float[1111 * channels + channels - 1];
    float[] all = new float[1 << 16];
    int filled = 0;
    for (int n; (n = source.read(block)) >= 0; filled += n) {
      assertThat(n).isPositive().isLessThanOrEqualTo(block.length);
      assertThat(n % channels).isZero();
      if (filled + n > all.length) {
        all = Arrays.copyOf(all, 2 * all.length);
      }
      System.arraycopy(block, 0, all, filled, n);
    }
    assertThat(source.read(block)).as("still at the end").isEqualTo(-1);
    return new Sound(source.shape(), Arrays.copyOf(all, filled));
  }

  public int frames() {
    return samples.length / shape.channels();
  }

  public double seconds() {
    return frames() / (double) shape.rate();
  }

  public float[] channel(int channel) {
    float[] one = new float[frames()];
    for (int i = 0; i < one.length; i++) {
      one[i] = samples[i * shape.channels() + channel];
    }
    return one;
  }

  /** The largest difference, in steps of 16 bits; both must be equally long. */
  public double largestDifference(Sound other) {
    assertThat(samples).hasSameSizeAs(other.samples);
    double largest = 0;
    for (int i = 0; i < samples.length; i++) {
      largest = Math.max(largest, Math.abs(samples[i] - other.samples[i]));
    }
    return largest * 32768;
  }
}
