package io.earshot.detector.app;

import io.earshot.producer.frame.StreamId;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.source.RawSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sound files of a command line, and what {@code -} means. */
final class Inputs {
  private static final String STANDARD_INPUT = "stdin";

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "WAV, AIFF, AU, Ogg Vorbis, MP3 or FLAC; - reads raw PCM on standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      defaultValue = "16000",
      description = "Of raw PCM: samples a second, 8000 to 192000; 16000 by default.")
  private int rate;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of raw PCM: interleaved channels; 1 by default.")
  private int channels;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = "s16le",
      description = "Of raw PCM: ${COMPLETION-CANDIDATES}; s16le by default.")
  private RawEncoding encoding;

  /** Whether it is one, and can be read again. */
  boolean isOneFile() {
    return files.size() == 1 && !files.get(0).equals("-");
  }

  /**
   * The inputs that can be read. Of the others {@code refused} gets one line each.
   *
   * @throws UserException if a file is not there, or none can be read
   */
  List<Recording> open(Consumer<String> refused) throws UserException {
    List<Recording> recordings = new ArrayList<>();
    Set<String> streams = new HashSet<>();
    String lastProblem = null;
    for (String file : files) {
      Recording recording = file.equals("-") ? standardInput(streams) : file(file, streams);
      String problem = file.equals("-") ? null : problem(recording);
      if (problem == null) {
        recordings.add(recording);
      } else {
        lastProblem = problem;
        if (files.size() > 1) {
          refused.accept(problem);
        }
      }
    }
    if (recordings.isEmpty()) {
      throw UserException.wrongUse(files.size() > 1 ? "no file can be read" : lastProblem);
    }
    return recordings;
  }

  private Recording standardInput(Set<String> streams) throws UserException {
    if (streams.contains(STANDARD_INPUT)) {
      throw UserException.wrongUse("- is given twice, and standard input is there once");
    }
    AudioShape shape;
    try {
      shape = new AudioShape(rate, channels);
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse("standard input: " + e.getMessage(), e);
    }
    return new Recording(
        "-",
        unique(STANDARD_INPUT, streams),
        start -> new RawSource(System.in, shape, encoding, start, "standard input"));
  }

  private static Recording file(String name, Set<String> streams) throws UserException {
    try {
      Path path = Path.of(name);
      if (Files.notExists(path)) {
        throw UserException.wrongUse(name + ": no such file");
      }
      String stream = unique(StreamId.of(String.valueOf(path.getFileName())), streams);
      return new Recording(name, stream, start -> FileSource.open(path, start));
    } catch (InvalidPathException e) {
      throw UserException.wrongUse(name + ": no such file", e);
    }
  }

  private static String problem(Recording recording) {
    try {
      recording.opener().open(Instant.EPOCH).close();
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** Two files of one name are two streams. */
  private static String unique(String stream, Set<String> taken) {
    String id = stream;
    for (int n = 2; !taken.add(id); n++) {
      String suffix = "-" + n;
      id = stream.substring(0, Math.min(stream.length(), 128 - suffix.length())) + suffix;
    }
    return id;
  }
}
