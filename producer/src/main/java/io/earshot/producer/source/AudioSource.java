package io.earshot.producer.source;

import java.io.IOException;
import java.time.Instant;

/**
 * Sound, sample by sample.
 *
 * <pre>
 * try (AudioSource source = FileSource.open(path, Instant.now())) {
 *   float[] block = new float[4096 * source.shape().channels()];
 *   for (int n; (n = source.read(block)) &gt;= 0; ) { ... n / channels frames ... }
 * }
 * </pre>
 *
 * <p>One thread reads; {@link #stop} may be called by any.
 */
public interface AudioSource extends AutoCloseable {
  AudioShape shape();

  /**
   * Waits for sound and reads some.
   *
   * @param interleaved room for at least one frame: one sample per channel
   * @return samples read, above 0 and a multiple of the channel count; -1 at the end
   * @throws IOException if there may be more sound but it cannot be read; one line that names the
   *     source
   */
  int read(float[] interleaved) throws IOException;

  /** When the first sample was captured. */
  Instant start();

  /** How many frames there are in all as far as the source knows beforehand; -1 if it does not. */
  long totalFrames();

  /** For messages. */
  String name();

  /** Makes {@link #read} return -1 soon. */
  void stop();

  @Override
  void close() throws IOException;
}
