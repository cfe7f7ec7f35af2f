package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.FedDecoder;
import io.earshot.producer.source.FedPcm;
import io.earshot.producer.source.FedWav;
import io.earshot.producer.source.WavHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stream of bytes to sound: WAV if it begins like one, else raw PCM of the given form.
 *
 * <pre>
 * ByteSound sound = new ByteSound(shape, SampleFormat.S16LE, listener);
 * sound.add(bytes, Moment.now());
 * sound.end(Moment.now());
 * </pre>
 *
 * <p>One thread.
 */
final class ByteSound {
  /** Takes what was found. */
  interface Listener {
    /**
     * A session: sound of this form follows. Called again where the form changes.
     *
     * @param format for people, with rate and channels
     */
    void begins(AudioShape shape, String format) throws IOException;

    /**
     * Some sound.
     *
     * @param position frames since the session's beginning, missing ones included
     * @param interleaved the listener's until it returns; it may overwrite it
     * @param arrival of the bytes that completed it
     */
    void sound(long position, float[] interleaved, int frames, Moment arrival) throws IOException;

    /** Something could not be decoded and was passed over. */
    void damaged();
  }

  private static final int TELLS_A_WAV = 4;

  private final AudioShape rawShape;
  private final SampleFormat rawEncoding;
  private final FedDecoder.Listener listener;
  private byte[] bytes = new byte[4096];
  private int filled;
  private FedDecoder decoder;
  private Moment arrival;
  private boolean broken;

  ByteSound(AudioShape rawShape, SampleFormat rawEncoding, Listener listener) {
    this.rawShape = rawShape;
    this.rawEncoding = rawEncoding;
    this.listener = timed(listener);
  }

  /**
   * Takes all that the buffer has.
   *
   * @throws AudioException if it is nothing that is understood
   */
  void add(ByteBuffer more, Moment itsArrival) throws IOException {
    arrival = itsArrival;
    int count = more.remaining();
    if (filled + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(filled + count, 2 * bytes.length));
    }
    more.get(bytes, filled, count);
    filled += count;
    decode(false);
  }

  /** No more bytes come: what waited for them is decoded; nothing after what was refused. */
  void end(Moment now) throws IOException {
    if (!broken) {
      arrival = now;
      decode(true);
    }
  }

  private void decode(boolean last) throws IOException {
    broken = true;
    feed(last);
    broken = false;
  }

  private void feed(boolean last) throws IOException {
    if (decoder == null) {
      if (filled < TELLS_A_WAV) {
        return;
      }
      decoder =
          WavHeader.isWav(ByteBuffer.wrap(bytes, 0, filled))
              ? new FedWav(listener)
              : new FedPcm(rawShape, rawEncoding, listener);
    }
    for (int taken = -1; taken != 0 && filled > 0; ) {
      taken = decoder.feed(bytes, filled, last);
      consume(taken);
    }
  }

  private void consume(int count) {
    System.arraycopy(bytes, count, bytes, 0, filled - count);
    filled -= count;
  }

  private FedDecoder.Listener timed(Listener to) {
    return new FedDecoder.Listener() {
      @Override
      public void begins(AudioShape shape, String format) throws IOException {
        to.begins(shape, Formats.text(format, shape));
      }

      @Override
      public void sound(long position, float[] interleaved, int frames) throws IOException {
        to.sound(position, interleaved, frames, arrival);
      }

      @Override
      public void damaged() {
        to.damaged();
      }
    };
  }
}
