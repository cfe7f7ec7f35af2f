package io.earshot.detector.app;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.DatasetOptions;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/** Labelled clips that {@code train} learns from, and judges by. */
final class TrainingDataOptions {
  private static final int MAX_FOLDS = 100;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = {
        "A folder per class, or the CSV of UrbanSound8K or ESC-50 and its clips.",
        "A folder \"background\" holds sounds that are none of the classes."
      })
  private Path data;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Parts that are left out in turn, where the data has none; 5 by default.")
  private int folds;

  @Option(
      names = "--recordings",
      paramLabel = "REGEX",
      description =
          "Which clips are of one recording, and so never apart: the first group, in file names.")
  private String recordings;

  Path path() {
    return data;
  }

  Dataset read() throws UserException {
    try {
      return Dataset.read(data, options());
    } catch (DatasetException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  private DatasetOptions options() throws UserException {
    if (folds > MAX_FOLDS) {
      throw UserException.wrongUse("--folds: " + folds + " is more than " + MAX_FOLDS);
    }
    DatasetOptions options = DatasetOptions.standard();
    try {
      options = options.withFolds(folds);
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse("--folds: " + e.getMessage(), e);
    }
    try {
      return recordings == null ? options : options.withRecordings(Pattern.compile(recordings));
    } catch (PatternSyntaxException e) {
      throw UserException.wrongUse("--recordings: " + e.getDescription(), e);
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse("--recordings: " + e.getMessage(), e);
    }
  }
}
