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
import java.util.function.BooleanSupplier;

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

  /**
   * What is decoded before it is asked again whether that is enough: compressed silence is long.
   */
  private static final int SLICE = 512;

  /** Raw PCM is as long as it is. */
  private static final int RAW_SLICE = 32 * 1024;

  /**
   * And one more for each second of sound: a radio begins anew with each song, and a chain of
   * headers without sound would keep everybody waiting for the filters of its rates.
   */
  private static final int MOST_BEGINNINGS = 10;

  private final SoundHint hint;
  private final BooleanSupplier full;
  private final FedDecoder.Listener listener;
  private byte[] bytes = new byte[4096];
  private int filled;
  private FedDecoder decoder;
  private Moment arrival;
  private boolean broken;
  private boolean behind;
  private boolean last;

  ByteSound(SoundHint hint, Listener listener) {
    this(hint, listener, () -> false);
  }

  /**
   * Likewise.
   *
   * @param full whether the listener has enough for now; what is here then waits for {@link #goOn}
   */
  ByteSound(SoundHint hint, Listener listener, BooleanSupplier full) {
    this.hint = hint;
    this.full = full;
    this.listener = timed(listener);
  }

  /**
   * Takes all that the buffer has, and decodes it as far as there is room.
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
    decode();
  }

  /**
   * So many frames of raw PCM are missing between what came, which is decoded first, and what
   * follows.
   *
   * @throws AudioException if nothing came, or another kind of sound
   */
  void skip(long frames) throws IOException {
    if (!(decoder instanceof FedPcm pcm) || broken) {
      throw new AudioException("something can be missing after raw PCM only");
    }
    consume(pcm.feed(bytes, filled, true));
    behind = false;
    pcm.skip(frames);
  }

  /** No more bytes come: what waited for them is decoded; nothing after what was refused. */
  void end(Moment now) throws IOException {
    last = true;
    goOn(now);
  }

  /** Whether something is here for which there was no room. */
  boolean isBehind() {
    return behind && !broken;
  }

  /** Decodes what is here, as far as there is room. */
  void goOn(Moment now) throws IOException {
    if (!broken) {
      arrival = now;
      decode();
    }
  }

  private void decode() throws IOException {
    broken = true;
    feed();
    broken = false;
  }

  private void feed() throws IOException {
    behind = false;
    if (decoder == null) {
      decoder = decoder();
    }
    int slice = decoder instanceof FedPcm || decoder instanceof FedWav ? RAW_SLICE : SLICE;
    for (int most = slice; decoder != null && filled > 0; ) {
      if (full.getAsBoolean()) {
        behind = true;
        return;
      }
      int count = Math.min(filled, most);
      int taken = decoder.feed(bytes, count, last && count == filled);
      if (taken == 0 && count == filled) {
        return;
      }
      consume(taken);
      most = taken == 0 ? 2 * most : slice;
    }
  }

  /** Null while nobody can say. */
  private FedDecoder decoder() throws AudioException {
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
      private AudioShape shape;
      private int beginnings;
      private double seconds;

      @Override
      public void begins(AudioShape itsShape, String format) throws IOException {
        if (++beginnings > MOST_BEGINNINGS + seconds) {
          throw new AudioException(
              "begins anew %d times in %.0f s of sound".formatted(beginnings, seconds));
        }
        shape = itsShape;
        to.begins(shape, Formats.text(format, shape));
      }

      @Override
      public void sound(long position, float[] interleaved, int frames) throws IOException {
        seconds += frames / (double) shape.rate();
        to.sound(position, interleaved, frames, arrival);
      }

      @Override
      public void damaged() {
        to.damaged();
      }
    };
  }
}
