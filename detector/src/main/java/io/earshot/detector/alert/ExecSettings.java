package io.earshot.detector.alert;

import java.time.Duration;
import java.util.List;

/**
 * A command.
 *
 * @param command and its arguments, as they are: no shell
 * @param timeout after which it and its children are ended
 */
public record ExecSettings(List<String> command, Duration timeout) implements TargetSettings {
  public ExecSettings {
    command = List.copyOf(command);
  }
}
