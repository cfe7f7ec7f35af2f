package io.earshot.models.dataset;

import java.util.List;
import java.util.Optional;

/**
 * The columns of a CSV that count.
 *
 * @param file of the files' names
 * @param label of their classes
 */
record CsvColumns(String file, String label) {

  static final String FOLD = "fold";

  /** What tells clips of one recording: UrbanSound8K's and ESC-50's. */
  static final List<String> RECORDING = List.of("fsID", "src_file");

  static final String ALLOWED =
      "filename and category, or slice_file_name and class, and if there are folds, fold";

  private static final List<CsvColumns> KNOWN =
      List.of(new CsvColumns("slice_file_name", "class"), new CsvColumns("filename", "category"));

  /** The columns of a header that has what is needed. */
  static Optional<CsvColumns> of(List<String> header) {
    return KNOWN.stream()
        .filter(known -> header.contains(known.file) && header.contains(known.label))
        .findFirst();
  }

  /** The columns that a header seems to mean, though one is missing. */
  static Optional<CsvColumns> halfOf(List<String> header) {
    return KNOWN.stream()
        .filter(known -> header.contains(known.file) || header.contains(known.label))
        .findFirst();
  }

  /** What to say of a header that lacks a column. */
  static String missing(List<String> header) {
    return halfOf(header)
        .map(half -> header.contains(half.file) ? half.label : half.file)
        .map(column -> "no column " + column + "; needed are " + ALLOWED)
        .orElse("not the needed columns: " + ALLOWED);
  }
}
