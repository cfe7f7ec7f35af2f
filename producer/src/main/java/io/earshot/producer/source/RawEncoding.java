package io.earshot.producer.source;

import io.earshot.producer.convert.SampleFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the samples of headerless sound are written; named as ffmpeg names them, in lower case. */
public enum RawEncoding {
  U8(SampleFormat.U8),
  S8(SampleFormat.S8),
  S16LE(SampleFormat.S16LE),
  S16BE(SampleFormat.S16BE),
  S24LE(SampleFormat.S24LE),
  S32LE(SampleFormat.S32LE),
  F32LE(SampleFormat.F32LE),
  F64LE(SampleFormat.F64LE);

  private final SampleFormat format;

  RawEncoding(SampleFormat format) {
    this.format = format;
  }

  /** How one of its samples is decoded. */
  public SampleFormat format() {
    return format;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The encoding of that name.
   *
   * @throws IllegalArgumentException if there is no such encoding; the message lists them
   */
  public static RawEncoding of(String name) {
    for (RawEncoding encoding : values()) {
      if (encoding.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return encoding;
      }
    }
    String allowed =
        Arrays.stream(values()).map(RawEncoding::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "unknown encoding '%s', allowed: %s".formatted(name, allowed));
  }
}
