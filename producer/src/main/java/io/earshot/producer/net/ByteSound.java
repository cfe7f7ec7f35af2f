package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.WavHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stream of bytes to whole frames: WAV if it begins like one, else raw PCM of the given form. The
 * length that a WAV claims is not believed: who streams cannot know it. One thread.
 */
final class ByteSound {
  /** Takes what was found. */
  interface Listener {
    void begins(AudioShape shape, SampleFormat encoding, boolean wav) throws IOException;

    void sound(long position, byte[] bytes, int frames, Moment arrival) throws IOException;
  }

  private static final int TELLS_A_WAV = 4;

  private final AudioShape rawShape;
  private final SampleFormat rawEncoding;
  private final Listener listener;
  private byte[] bytes = new byte[4096];
  private int filled;
  private int frameBytes;
  private long position;

  ByteSound(AudioShape rawShape, SampleFormat rawEncoding, Listener listener) {
    this.rawShape = rawShape;
    this.rawEncoding = rawEncoding;
    this.listener = listener;
  }

  /**
   * Takes all that the buffer has.
   *
   * @throws AudioException if it is a WAV that is damaged or not understood
   */
  void add(ByteBuffer more, Moment arrival) throws IOException {
    int count = more.remaining();
    if (filled + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, filled + count);
    }
    more.get(bytes, filled, count);
    filled += count;
    if (frameBytes > 0 || begin()) {
      int frames = filled / frameBytes;
      if (frames > 0) {
        listener.sound(position, bytes, frames, arrival);
        position += frames;
        consume(frames * frameBytes);
      }
    }
  }

  private boolean begin() throws IOException {
    if (filled < TELLS_A_WAV) {
      return false;
    }
    ByteBuffer start = ByteBuffer.wrap(bytes, 0, filled);
    if (!WavHeader.isWav(start)) {
      begin(rawShape, rawEncoding, false);
      return true;
    }
    Optional<WavHeader> header = WavHeader.parse(start);
    if (header.isEmpty()) {
      return false;
    }
    consume(header.get().bytes());
    begin(header.get().shape(), header.get().encoding(), true);
    return true;
  }

  private void begin(AudioShape shape, SampleFormat encoding, boolean wav) throws IOException {
    frameBytes = encoding.bytes() * shape.channels();
    listener.begins(shape, encoding, wav);
  }

  private void consume(int count) {
    System.arraycopy(bytes, count, bytes, 0, filled - count);
    filled -= count;
  }
}
