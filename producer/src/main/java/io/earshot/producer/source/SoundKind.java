package io.earshot.producer.source;

import io.earshot.producer.source.MpegHeader.Look;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a stream of bytes is by its first ones. */
public enum SoundKind {
  WAV,
  VORBIS,
  MPEG,
  /** Nothing that is known: raw PCM, or nothing to be heard. */
  UNKNOWN;

  /** For messages about what cannot be decoded. */
  public static final String ALLOWED =
      "allowed: WAV, Ogg Vorbis, MP3, raw PCM; ffmpeg:URL takes anything";

  /** How something begins that cannot be decoded, in lower case. */
  private record Beginning(int at, String text, String name) {}

  private static final List<Beginning> REFUSED =
      List.of(
          new Beginning(0, "flac", "FLAC"),
          new Beginning(0, "form", "AIFF"),
          new Beginning(0, ".snd", "AU"),
          new Beginning(0, "\u001ae\u00df\u00a3", "WebM or Matroska"),
          new Beginning(4, "ftyp", "MP4"),
          new Beginning(0, "adif", "AAC"),
          new Beginning(0, "#ext", "a playlist"),
          new Beginning(0, "[playlist]", "a playlist"),
          new Beginning(0, "<!doctype", "HTML"),
          new Beginning(0, "<html", "HTML"),
          new Beginning(0, "<?xml", "XML"));

  private static final int HEAD_BYTES = 12;

  /**
   * Looks.
   *
   * @param bytes from the beginning, {@code count} of them
   * @param last whether no more follow
   * @return empty while there are too few
   * @throws AudioException if it is known and cannot be decoded: one line that says what it is
   */
  public static Optional<SoundKind> of(byte[] bytes, int count, boolean last)
      throws AudioException {
    String head = new String(bytes, 0, Math.min(count, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    if (count >= 4 && WavHeader.isWav(ByteBuffer.wrap(bytes, 0, count))) {
      return Optional.of(WAV);
    }
    if (head.startsWith("OggS")) {
      return Optional.of(VORBIS);
    }
    if (head.startsWith("ID3")) {
      return Optional.of(MPEG);
    }
    if (count < HEAD_BYTES && !last) {
      return Optional.empty();
    }
    refuse(head.toLowerCase(Locale.ROOT));
    Look mpeg = MpegHeader.look(bytes, 0, count, last);
    Look look = mpeg == Look.NONE && count >= HEAD_BYTES ? adts(bytes, count) : mpeg;
    return look == Look.UNDECIDED && !last
        ? Optional.empty()
        : Optional.of(look == Look.FRAMES ? MPEG : UNKNOWN);
  }

  private static void refuse(String head) throws AudioException {
    for (Beginning known : REFUSED) {
      if (head.startsWith(known.text(), known.at())) {
        throw refused(known.name());
      }
    }
  }

  private static AudioException refused(String name) {
    return new AudioException("this is " + name + ", " + ALLOWED);
  }

  /** AAC as broadcasts send it (ISO 13818-7, ADTS): two headers as far apart as the first says. */
  private static Look adts(byte[] bytes, int count) throws AudioException {
    if (!isAdts(bytes, 0)) {
      return Look.NONE;
    }
    int length = (bytes[3] & 3) << 11 | (bytes[4] & 0xff) << 3 | (bytes[5] & 0xff) >> 5;
    if (length + 2 > count) {
      return Look.UNDECIDED;
    }
    if (isAdts(bytes, length)) {
      throw refused("AAC");
    }
    return Look.NONE;
  }

  private static boolean isAdts(byte[] bytes, int at) {
    return bytes[at] == (byte) 0xff && (bytes[at + 1] & 0xf6) == 0xf0;
  }
}
