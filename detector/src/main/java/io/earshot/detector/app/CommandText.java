package io.earshot.detector.app;

import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A command as its user has typed it. */
final class CommandText {
  private CommandText() {}

  static String of(CommandSpec spec) {
    return spec.commandLine().getParseResult().originalArgs().stream()
        .map(argument -> argument.matches("[\\w./=,:+-]+") ? argument : quoted(argument))
        .collect(Collectors.joining(" ", "./earshot ", ""));
  }

  /** For a shell; one line, whatever is in it. */
  private static String quoted(String argument) {
    return "'" + argument.replaceAll("\\p{Cntrl}", "?").replace("'", "'\\''") + "'";
  }
}
