package io.earshot.models.dataset;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user may say of a data set that does not say it itself.
 *
 * <pre>{@code
 * DatasetOptions options =
 *     DatasetOptions.standard().withRecordings(Pattern.compile("^([^_]+)_")).withFolds(4);
 * }</pre>
 *
 * @param recordings its first group, found in a file's name, is the file's recording
 * @param folds how many folds to deal where the data has none
 */
public record DatasetOptions(Optional<Pattern> recordings, int folds) {

  /**
   * As said.
   *
   * @throws IllegalArgumentException if there are fewer than two folds or the pattern has no group
   */
  public DatasetOptions {
    if (folds < 2) {
      throw new IllegalArgumentException(folds + " folds are too few: at least 2 are needed");
    }
    if (recordings.isPresent() && recordings.get().matcher("").groupCount() < 1) {
      throw new IllegalArgumentException(
          "the pattern of recordings, "
              + recordings.get()
              + ", has no group in parentheses, which would be the recording");
    }
  }

  /** Recordings from the data set or the names; five folds where it has none. */
  public static DatasetOptions standard() {
    return new DatasetOptions(Optional.empty(), 5);
  }

  public DatasetOptions withRecordings(Pattern pattern) {
    return new DatasetOptions(Optional.of(pattern), folds);
  }

  public DatasetOptions withFolds(int count) {
    return new DatasetOptions(recordings, count);
  }
}
