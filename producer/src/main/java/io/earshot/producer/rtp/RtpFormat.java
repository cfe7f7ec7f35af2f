package io.earshot.producer.rtp;

import io.earshot.producer.convert.SampleFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the sound of a payload type is written (RFC 3551, section 4.5); the RTP clock runs at the
 * sampling rate.
 *
 * @param encoding L16 (16 bits, network order), PCMU or PCMA (G.711)
 * @param rate frames a second, 8000 to 192,000
 * @param channels samples a frame, 1 to 64
 */
public record RtpFormat(SampleFormat encoding, int rate, int channels) {
  /** The static payload types of RFC 3551, table 4, that are understood. */
  public static final Map<Integer, RtpFormat> STATIC =
      Map.of(
          0, new RtpFormat(SampleFormat.ULAW, 8_000, 1),
          8, new RtpFormat(SampleFormat.ALAW, 8_000, 1),
          10, new RtpFormat(SampleFormat.S16BE, 44_100, 2),
          11, new RtpFormat(SampleFormat.S16BE, 44_100, 1));

  private static final Map<String, SampleFormat> ENCODINGS =
      Map.of("L16", SampleFormat.S16BE, "PCMU", SampleFormat.ULAW, "PCMA", SampleFormat.ALAW);

  /** {@code 97=L16/48000/2}; as in SDP's rtpmap (RFC 8866) the channels may be left out. */
  private static final Pattern MAPPING =
      Pattern.compile("(\\d{1,3})=(\\w+)/(\\d{1,7})(?:/(\\d{1,3}))?");

  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  private static final String ALLOWED =
      "allowed: TYPE=ENCODING/RATE[/CHANNELS], such as 97=L16/48000/2, with a type of 0 to 127, L16,"
          + " PCMU or PCMA, 8000 to 192000 Hz, 1 to 64 channels";

  /**
   * The formats by payload type, the static ones and those of {@code mappings}.
   *
   * @param mappings separated by commas or blanks; may be empty
   * @throws IllegalArgumentException if one is not as it must be; the message says how
   */
  public static Map<Integer, RtpFormat> formats(String mappings) {
    Map<Integer, RtpFormat> formats = new HashMap<>(STATIC);
    SEPARATOR
        .splitAsStream(mappings)
        .filter(mapping -> !mapping.isEmpty())
        .forEach(mapping -> add(mapping, formats));
    return Map.copyOf(formats);
  }

  private static void add(String mapping, Map<Integer, RtpFormat> formats) {
    Matcher parts = MAPPING.matcher(mapping);
    if (!parts.matches()) {
      throw refused(mapping);
    }
    int type = Integer.parseInt(parts.group(1));
    SampleFormat encoding = ENCODINGS.get(parts.group(2).toUpperCase(Locale.ROOT));
    int rate = Integer.parseInt(parts.group(3));
    int channels = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
    boolean fits = rate >= 8_000 && rate <= 192_000 && channels >= 1 && channels <= 64;
    if (type > 127 || encoding == null || !fits) {
      throw refused(mapping);
    }
    formats.put(type, new RtpFormat(encoding, rate, channels));
  }

  private static IllegalArgumentException refused(String mapping) {
    return new IllegalArgumentException("payload '%s', %s".formatted(mapping, ALLOWED));
  }

  int frameBytes() {
    return encoding.bytes() * channels;
  }

  /** For people: {@code L16, 48000 Hz, 2 channels}. */
  @Override
  public String toString() {
    String name =
        ENCODINGS.entrySet().stream()
            .filter(entry -> entry.getValue() == encoding)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(encoding.name());
    return "%s, %d Hz, %d channel%s".formatted(name, rate, channels, channels == 1 ? "" : "s");
  }
}
