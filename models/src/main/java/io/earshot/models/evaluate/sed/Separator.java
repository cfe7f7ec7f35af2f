package io.earshot.models.evaluate.sed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** What stands between the columns of a list, in the order in which they are tried. */
enum Separator {
  TAB("\t"),
  SEMICOLON(";"),
  COMMA(","),
  /** One or more; a label may hold them, so it is the last column. */
  BLANKS(" ");

  // CSVFormat is immutable, as its documentation says.
  @SuppressWarnings("ImmutableEnumChecker")
  private final CSVFormat format;

  Separator(String text) {
    format = CSVFormat.DEFAULT.builder().setDelimiter(text).setIgnoreSurroundingSpaces(true).get();
  }

  /** The cells of a line, without the blanks around them. */
  List<String> cells(String line) {
    return this == BLANKS ? List.of(line.strip().split("\\s+")) : separated(line);
  }

  private List<String> separated(String line) {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      return parser.stream().flatMap(record -> record.toList().stream()).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(line); // A quote that does not end: no cells.
    }
  }
}
