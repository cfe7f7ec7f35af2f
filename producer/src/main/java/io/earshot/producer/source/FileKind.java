package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a file is by its first bytes, whatever its name says.
 *
 * @param format which decoder takes it
 * @param offset where the sound's own bytes begin, behind an ID3v2 tag
 */
record FileKind(Format format, long offset) {
  static final String READABLE = "WAV, AIFF, AU, Ogg Vorbis, MP3, FLAC";
  private static final int HEAD_BYTES = 1 << 16;
  private static final int OGG_HEAD = 4096;
  static final int ID3_HEAD_BYTES = 10;

  enum Format {
    JAVA_SOUND,
    VORBIS,
    MPEG,
    FLAC
  }

  /**
   * @throws AudioException if it is no sound that can be read; does not name the file
   */
  static FileKind of(Path file) throws IOException {
    long offset = 0;
    byte[] bytes = head(file, 0);
    // Cover pictures make these tags megabytes long, and some files have two.
    while (bytes.length > ID3_HEAD_BYTES && startsWith(bytes, 0, "ID3")) {
      offset += id3Bytes(bytes, 0);
      bytes = head(file, offset);
    }
    return new FileKind(format(bytes), offset);
  }

  private static Format format(byte[] bytes) throws AudioException {
    String head = new String(bytes, ISO_8859_1);
    if ((head.startsWith("RIFF") && head.startsWith("WAVE", 8))
        || (head.startsWith("FORM") && head.startsWith("AIF", 8))
        || head.startsWith(".snd")) {
      return Format.JAVA_SOUND;
    }
    if (head.startsWith("fLaC")) {
      return Format.FLAC;
    }
    if (head.startsWith("OggS")) {
      return ogg(head.substring(0, Math.min(head.length(), OGG_HEAD)));
    }
    if (MpegHeader.startsStream(bytes)) {
      return Format.MPEG;
    }
    throw new AudioException("not a sound file that can be read (" + READABLE + ")");
  }

  private static Format ogg(String head) throws AudioException {
    String codec = OggPages.codec(head);
    if (codec.equals("Vorbis")) {
      return Format.VORBIS;
    }
    throw new AudioException(
        "this Ogg file holds %s; can be read: %s (ffmpeg converts to any of them)"
            .formatted(codec, READABLE));
  }

  static boolean startsWith(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** How long an ID3v2 tag is; ten bytes of it must be here. */
  static int id3Bytes(byte[] bytes, int at) {
    return ID3_HEAD_BYTES + synchsafe(bytes, at + 6) + ((bytes[at + 5] & 0x10) != 0 ? 10 : 0);
  }

  /** ID3's 28-bit number: seven bits a byte, so that it never looks like an MPEG header. */
  private static int synchsafe(byte[] bytes, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = (value << 7) | (bytes[i] & 0x7f);
    }
    return value;
  }

  static byte[] head(Path file, long offset) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(offset, Files.size(file)));
      return in.readNBytes(HEAD_BYTES);
    }
  }
}
