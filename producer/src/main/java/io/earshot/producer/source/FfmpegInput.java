package io.earshot.producer.source;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ffmpeg is to read, and how.
 *
 * <pre>
 * FfmpegInput.parse("rtsp://camera/1")
 * FfmpegInput.parse("recordings/dog.opus")
 * </pre>
 *
 * @param address as ffmpeg takes it
 */
public record FfmpegInput(String address, Kind kind) {
  /** What follows from an address. */
  public enum Kind {
    /** A file of this machine: it has an end, and is there at once. */
    FILE,
    /** HLS: sound comes in pieces of some seconds. */
    PLAYLIST,
    /** A server's: perhaps a file, perhaps without end. */
    HTTP,
    /** What it does not give now it never gives. */
    LIVE
  }

  /** Two letters at least: one is a drive of Windows. */
  private static final Pattern PROTOCOL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

  private static final Pattern TAKES_TIMEOUT = Pattern.compile("https?|rtmp\\w*|tcp|tls|srt");
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it can be none; the message says what is allowed
   */
  public static FfmpegInput parse(String text) {
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw refused("an address of printable characters is missing");
    }
    Matcher protocol = PROTOCOL.matcher(text);
    if (!protocol.matches() || new File(text).exists()) {
      // Behind "file:" no name is taken for a protocol, an option or standard input.
      return new FfmpegInput("file:" + text, Kind.FILE);
    }
    return new FfmpegInput(
        text,
        switch (protocol.group(1).toLowerCase(Locale.ROOT)) {
          case "file" -> Kind.FILE;
          case "pipe", "fd" -> throw refused("ffmpeg has no standard input here");
          case "http", "https" -> isPlaylist(text) ? Kind.PLAYLIST : Kind.HTTP;
          default -> Kind.LIVE;
        });
  }

  private static boolean isPlaylist(String url) {
    return url.matches("(?i)[^?#]*\\.m3u8([?#].*)?");
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        why + ", allowed: ffmpeg:PATH and ffmpeg:URL of all protocols that ffmpeg reads");
  }

  /**
   * Only options that versions 4 to 7 have. There is no shell, and what follows {@code -i} is an
   * address whatever it begins with.
   *
   * @param idle how long the network may be silent
   */
  List<String> command(String program, Duration idle) {
    List<String> command =
        new ArrayList<>(
            List.of(program, "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"));
    command.addAll(options(idle));
    command.addAll(List.of("-i", address, "-map", "0:a:0", "-vn", "-sn", "-dn"));
    command.addAll(List.of("-c:a", "pcm_f32le", "-f", "wav", "-flush_packets", "1", "pipe:1"));
    return command;
  }

  private List<String> options(Duration idle) {
    Matcher protocol = PROTOCOL.matcher(address);
    String name = protocol.matches() ? protocol.group(1).toLowerCase(Locale.ROOT) : "";
    List<String> options = new ArrayList<>();
    if (TAKES_TIMEOUT.matcher(name).matches()) {
      // The reader has a watch of its own. This one ends ffmpeg where the reader is gone.
      Duration timeout = idle.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : idle;
      options.addAll(List.of("-rw_timeout", Long.toString(timeout.toNanos() / 1000)));
    }
    if (name.startsWith("rtsp")) {
      // By UDP a camera behind a router is not heard; and nobody looks at its picture.
      options.addAll(List.of("-rtsp_transport", "tcp", "-allowed_media_types", "audio"));
    }
    if (kind == Kind.LIVE) {
      // Otherwise it looks for up to five seconds what there is, and then sends them at once.
      options.addAll(List.of("-fflags", "nobuffer", "-analyzeduration", "1000000"));
    }
    return options;
  }
}
