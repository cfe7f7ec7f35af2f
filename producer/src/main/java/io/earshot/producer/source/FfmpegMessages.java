package io.earshot.producer.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What ffmpeg says with {@code -loglevel level+info}: its last errors, and whether it knows how
 * long its input is. One thread adds; any may ask.
 */
final class FfmpegMessages {
  private static final Pattern DURATION = Pattern.compile("\\[info] +Duration: \\d.*");
  private static final Pattern NO_ERROR = Pattern.compile("\\[(info|warning)] ");
  private static final Pattern LEVEL = Pattern.compile("\\[(error|fatal|panic)] ");

  /** Lines that say no more than the one before them. */
  private static final Pattern NOISE =
      Pattern.compile(
          "Conversion failed!|Exiting normally.*|Last message repeated.*|To ignore this.*"
              + "|Error opening (input|output) files?:? .*|Error parsing options.*");

  private static final Pattern POINTER = Pattern.compile(" @ 0x[0-9a-f]+(?=])");

  private final LastLines errors = new LastLines(this::isError);
  private volatile boolean finite;

  void add(byte[] bytes, int count) {
    errors.add(bytes, count);
  }

  /** Whether the input has an end: live sound has no length. */
  boolean isFinite() {
    return finite;
  }

  /** Whether there is something to read, but nothing to hear. */
  boolean tellOfNoSound() {
    return errors.all().stream().anyMatch(line -> line.contains("matches no streams"));
  }

  Optional<String> lastError() {
    List<String> lines = errors.all();
    return lines.stream()
        .map(line -> LEVEL.matcher(line).replaceFirst(""))
        .filter(line -> !NOISE.matcher(line).matches())
        .reduce((before, line) -> line)
        .map(line -> POINTER.matcher(line).replaceAll(""));
  }

  private boolean isError(String line) {
    finite |= DURATION.matcher(line).matches();
    return !NO_ERROR.matcher(line).find();
  }
}
