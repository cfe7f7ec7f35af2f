package io.earshot.producer.source;

import io.earshot.producer.convert.SampleFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What stands before the samples of a WAV that comes as a stream of bytes, so that nobody can go
 * back or knows its length: RIFF and RF64 (EBU Tech 3306).
 *
 * <pre>
 * Optional&lt;WavHeader&gt; header = WavHeader.parse(bytes); // empty: more bytes, please
 * </pre>
 *
 * @param encoding of the samples
 * @param bytes that the header takes; samples follow
 */
public record WavHeader(AudioShape shape, SampleFormat encoding, int bytes) {
  /** A header that has not ended by then is none. */
  public static final int MAX_BYTES = 65_536;

  private static final int RIFF = tag("RIFF");
  private static final int RF64 = tag("RF64");
  private static final int WAVE = tag("WAVE");
  private static final int FORMAT = tag("fmt ");
  private static final int DATA = tag("data");
  private static final int EXTENSIBLE = 0xfffe;

  /** Whether these bytes can be the beginning of a WAV; 4 or more tell. */
  public static boolean isWav(ByteBuffer bytes) {
    int first = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.position());
    return first == RIFF || first == RF64;
  }

  /**
   * Reads a header.
   *
   * @param stream bytes from the beginning, from position to limit; neither changes
   * @return empty while there are too few
   * @throws AudioException if it is damaged or of an encoding that is not understood
   */
  public static Optional<WavHeader> parse(ByteBuffer stream) throws AudioException {
    ByteBuffer bytes = stream.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.limit() >= 12 && bytes.getInt(8) != WAVE) {
      throw new AudioException("RIFF, but no WAVE");
    }
    AudioShape shape = null;
    SampleFormat encoding = null;
    long at = 12;
    while (at + 8 <= bytes.limit()) {
      int chunk = (int) at;
      long length = bytes.getInt(chunk + 4) & 0xffff_ffffL;
      if (bytes.getInt(chunk) == DATA) {
        if (shape == null) {
          throw new AudioException("a WAV without its format");
        }
        return Optional.of(new WavHeader(shape, encoding, chunk + 8));
      }
      if (bytes.getInt(chunk) == FORMAT) {
        if (length < 16 || length > MAX_BYTES) {
          throw new AudioException("a WAV whose format is damaged");
        }
        if (at + 8 + length > bytes.limit()) {
          break;
        }
        shape = shape(bytes.getInt(chunk + 12), bytes.getShort(chunk + 10) & 0xffff);
        encoding = encoding(bytes, chunk + 8, (int) length);
      }
      at += 8 + length + (length & 1);
    }
    if (at > MAX_BYTES || bytes.limit() > MAX_BYTES) {
      throw new AudioException("a WAV whose header does not end within 64 KiB");
    }
    return Optional.empty();
  }

  private static AudioShape shape(int rate, int channels) throws AudioException {
    try {
      return new AudioShape(rate, channels);
    } catch (IllegalArgumentException e) {
      throw new AudioException("a WAV whose " + e.getMessage(), e);
    }
  }

  private static SampleFormat encoding(ByteBuffer bytes, int at, int length) throws AudioException {
    int tag = bytes.getShort(at) & 0xffff;
    int bits = bytes.getShort(at + 14) & 0xffff;
    if (tag == EXTENSIBLE && length >= 40) {
      tag = bytes.getShort(at + 24) & 0xffff;
    }
    SampleFormat encoding =
        switch (tag << 8 | bits) {
          case 0x108 -> SampleFormat.U8;
          case 0x110 -> SampleFormat.S16LE;
          case 0x118 -> SampleFormat.S24LE;
          case 0x120 -> SampleFormat.S32LE;
          case 0x320 -> SampleFormat.F32LE;
          case 0x340 -> SampleFormat.F64LE;
          case 0x608 -> SampleFormat.ALAW;
          case 0x708 -> SampleFormat.ULAW;
          default -> null;
        };
    if (encoding == null) {
      throw new AudioException(
          "a WAV of encoding %d with %d bits, allowed: PCM, float, A-law, mu-law"
              .formatted(tag, bits));
    }
    return encoding;
  }

  private static int tag(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
