package io.earshot.producer.source;

import io.earshot.producer.convert.SampleFormat;
import java.io.IOException;
import java.io.InputStream;

/** Whole frames out of a stream of bytes, however the bytes arrive. */
final class PcmReader {
  private static final int BLOCK_BYTES = 1 << 16;

  private final InputStream in;
  private final SampleFormat format;
  private final int channels;
  private final int frameBytes;
  private final byte[] bytes;
  private int filled;

  PcmReader(InputStream in, SampleFormat format, int channels) {
    this.in = in;
    this.format = format;
    this.channels = channels;
    this.frameBytes = format.bytes() * channels;
    this.bytes = new byte[Math.max(1, BLOCK_BYTES / frameBytes) * frameBytes];
  }

  /**
   * Returns as soon as one frame is there, like the stream itself.
   *
   * @return samples read; -1 at the end, where a last frame that is not whole is dropped
   */
  int read(float[] interleaved) throws IOException {
    int wanted = Math.min(bytes.length, interleaved.length / channels * frameBytes);
    if (wanted == 0) {
      throw new IllegalArgumentException("no room for a frame of " + channels + " samples");
    }
    while (filled < frameBytes) {
      int n = in.read(bytes, filled, wanted - filled);
      if (n < 0) {
        return -1;
      }
      filled += n;
    }
    int samples = filled / frameBytes * channels;
    int used = samples * format.bytes();
    format.decode(bytes, 0, interleaved, 0, samples);
    System.arraycopy(bytes, used, bytes, 0, filled - used);
    filled -= used;
    return samples;
  }
}
