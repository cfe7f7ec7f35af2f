package io.earshot.producer.net;

import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.net.SoundHint.Otherwise;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.SoundKind;
import io.earshot.producer.stream.RawPcm;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What HTTP's Content-Type says of the sound. How it begins says more, and goes first. */
final class ContentTypes {
  private static final Set<String> RAW =
      Set.of(
          "",
          "application/octet-stream",
          "binary/octet-stream",
          "audio/x-raw",
          "audio/raw",
          "audio/pcm",
          "audio/x-pcm");

  private static final Set<String> MPEG =
      Set.of("audio/mpeg", "audio/mp3", "audio/x-mpeg", "audio/x-mp3", "audio/mpa", "audio/mpg");

  private static final Pattern REFUSED =
      Pattern.compile(
          "(text|image|video)/.*|audio/(x-)?(aacp?|flac|opus|mpegurl|scpls)|.*(json|xml).*");

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*(rate|channels)\\s*=\\s*\"?(\\d{1,6})\"?");

  private ContentTypes() {}

  /**
   * Reads one.
   *
   * @param contentType may be null
   * @param raw what raw PCM is that says nothing of itself
   * @throws AudioException if it is nothing that can be heard
   * @throws IllegalArgumentException if its rate or channels are out of range
   */
  static SoundHint hint(String contentType, RawPcm raw) throws AudioException {
    String all = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT).strip();
    String type = all.replaceFirst("\\s*;.*", "");
    if (REFUSED.matcher(type).matches()) {
      throw new AudioException("the other side sends " + shown(type) + ", " + SoundKind.ALLOWED);
    }
    return switch (type) {
      case "audio/l16" -> linear(all, SampleFormat.S16BE);
      case "audio/l24" -> linear(all, SampleFormat.S24BE);
      case "audio/basic" ->
          new SoundHint(Otherwise.RAW, new AudioShape(8_000, 1), SampleFormat.ULAW);
      default ->
          SoundHint.of(
              RAW.contains(type)
                  ? Otherwise.RAW
                  : MPEG.contains(type) ? Otherwise.MPEG : Otherwise.NOTHING,
              raw);
    };
  }

  /** RFC 2586: the rate must be there, one channel is meant where none are named. */
  private static SoundHint linear(String type, SampleFormat encoding) throws AudioException {
    int rate = 0;
    int channels = 1;
    for (Matcher found = PARAMETER.matcher(type); found.find(); ) {
      int value = Integer.parseInt(found.group(2));
      if (found.group(1).equals("rate")) {
        rate = value;
      } else {
        channels = value;
      }
    }
    if (rate == 0) {
      throw new AudioException(
          shown(type) + " names no rate, allowed: audio/L16; rate=44100; channels=2");
    }
    return new SoundHint(Otherwise.SURELY_RAW, new AudioShape(rate, channels), encoding);
  }

  /** What others wrote, short and harmless. */
  static String shown(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return line.length() <= 80 ? line : line.substring(0, 80) + "...";
  }
}
