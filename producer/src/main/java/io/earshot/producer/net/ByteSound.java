package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.FedDecoder;
import io.earshot.producer.source.FedMpeg;
import io.earshot.producer.source.FedPcm;
import io.earshot.producer.source.FedVorbis;
import io.earshot.producer.source.FedWav;
import io.earshot.producer.source.SoundKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stream of bytes to sound: WAV, Ogg Vorbis or MPEG audio if it begins like one, else what the
 * hint says.
 *
 * <pre>
 * ByteSound sound = new ByteSound(SoundHint.of(Otherwise.RAW, settings.raw()), listener);
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

  private final SoundHint hint;
  private final FedDecoder.Listener listener;
  private byte[] bytes = new byte[4096];
  private int filled;
  private FedDecoder decoder;
  private Moment arrival;
  private boolean broken;

  ByteSound(SoundHint hint, Listener listener) {
    this.hint = hint;
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
      decoder = decoder(last);
    }
    if (decoder == null) {
      return;
    }
    for (int taken = -1; taken != 0 && filled > 0; ) {
      taken = decoder.feed(bytes, filled, last);
      consume(taken);
    }
  }

  /** Null while nobody can say. */
  private FedDecoder decoder(boolean last) throws AudioException {
    if (hint.otherwise() == SoundHint.Otherwise.SURELY_RAW) {
      return raw();
    }
    Optional<SoundKind> kind = SoundKind.of(bytes, filled, last);
    if (filled == 0 || kind.isEmpty()) {
      return null;
    }
    return switch (kind.get()) {
      case WAV -> new FedWav(listener);
      case VORBIS -> new FedVorbis(listener);
      case MPEG -> new FedMpeg(listener);
      case UNKNOWN -> unknown();
    };
  }

  private FedDecoder unknown() throws AudioException {
    return switch (hint.otherwise()) {
      case RAW, SURELY_RAW -> raw();
      case MPEG -> new FedMpeg(listener);
      case NOTHING -> throw new AudioException("sound of no known kind, " + SoundKind.ALLOWED);
    };
  }

  private FedDecoder raw() {
    return new FedPcm(hint.shape(), hint.encoding(), listener);
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
