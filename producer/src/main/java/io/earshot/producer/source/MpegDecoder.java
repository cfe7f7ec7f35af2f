package io.earshot.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** MPEG audio from a file: MP3, also layers 1 and 2. It is cut into frames as a broadcast's is. */
final class MpegDecoder implements AudioDecoder, FedDecoder.Listener {
  private static final int READ_BYTES = 1 << 13;

  private final InputStream in;
  private final MpegHeader first;
  private final MpegInfo info;

  /** However much of the file is something else. */
  private final FedMpeg fed = new FedMpeg(this, Long.MAX_VALUE);

  private final PendingSamples pending = new PendingSamples();
  private byte[] bytes = new byte[READ_BYTES];
  private int filled;
  private boolean last;
  private long framesLeft;
  private int damaged;

  private MpegDecoder(InputStream in, MpegHeader first, MpegInfo info) {
    this.in = in;
    this.first = first;
    this.info = info;
    this.framesLeft = info.totalFrames() < 0 ? Long.MAX_VALUE : info.totalFrames();
  }

  /**
   * @param head the first bytes of the stream once more, to look ahead in
   */
  static MpegDecoder open(InputStream in, byte[] head) throws IOException {
    int at = MpegHeader.find(head);
    if (at < 0) {
      throw new AudioException("no MPEG audio frame found");
    }
    in.skipNBytes(at);
    MpegHeader first = MpegHeader.at(head, at);
    return new MpegDecoder(in, first, MpegInfo.read(head, at, first));
  }

  @Override
  public int rate() {
    return first.rate();
  }

  @Override
  public int channels() {
    return first.channels();
  }

  @Override
  public long totalFrames() {
    return info.totalFrames();
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    while (pending.isEmpty() && framesLeft > 0 && !(last && filled == 0)) {
      feed();
    }
    if (pending.isEmpty() || framesLeft == 0) {
      return -1;
    }
    int samples = pending.moveTo(interleaved, channels());
    int frames = (int) Math.min(framesLeft, samples / channels());
    framesLeft -= info.totalFrames() < 0 ? 0 : frames;
    return frames * channels();
  }

  private void feed() throws IOException {
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * filled);
    }
    int n = in.read(bytes, filled, bytes.length - filled);
    last = n < 0;
    filled += Math.max(0, n);
    int taken = fed.feed(bytes, filled, last);
    filled -= taken;
    System.arraycopy(bytes, taken, bytes, 0, filled);
  }

  @Override
  public void begins(AudioShape shape, String format) throws AudioException {
    if (shape.rate() != rate() || shape.channels() != channels()) {
      throw new AudioException("the rate or the number of channels changes inside");
    }
  }

  @Override
  public void sound(long position, float[] interleaved, int frames) {
    int count = frames * channels();
    int at = pending.extend(count);
    System.arraycopy(interleaved, 0, pending.array(), at, count);
  }

  @Override
  public void damaged() {
    damaged++;
  }

  @Override
  public Optional<String> complaint() {
    if (damaged > 0) {
      return Optional.of("damaged: %d MPEG frames could not be read".formatted(damaged));
    }
    return info.totalFrames() >= 0 && framesLeft > 0
        ? Optional.of("cut short: the last %d frames are missing".formatted(framesLeft))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
