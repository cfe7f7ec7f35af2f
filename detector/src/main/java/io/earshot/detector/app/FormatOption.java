package io.earshot.detector.app;

import picocli.CommandLine.Option;

/** {@code --format}, of the commands that print events. */
final class FormatOption {
  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|jsonl|tsv",
      description = "How events are printed; text by default.")
  EventFormat value;
}
