package io.earshot.models.dataset;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a CSV in UTF-8 by the names of their columns. */
final class CsvRows {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();

  private CsvRows() {}

  /**
   * One row.
   *
   * @param line where it ends, counted from 1
   */
  record Row(long line, Map<String, String> fields) {

    /** Empty for a field that is not there. */
    String get(String column) {
      return fields.getOrDefault(column, "");
    }
  }

  static List<String> header(Path csv) throws DatasetException {
    try (Reader reader = Files.newBufferedReader(csv, StandardCharsets.UTF_8);
        CSVParser parser = FORMAT.parse(reader)) {
      return parser.stream().limit(1).map(CsvRows::names).findFirst().orElse(List.of());
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(csv, e);
    }
  }

  static List<Row> read(Path csv) throws DatasetException {
    try (Reader reader = Files.newBufferedReader(csv, StandardCharsets.UTF_8);
        CSVParser parser = FORMAT.parse(reader)) {
      List<Row> rows = new ArrayList<>();
      List<String> header = null;
      for (CSVRecord fields : parser) {
        if (header == null) {
          header = names(fields);
        } else {
          rows.add(row(header, fields, parser.getCurrentLineNumber()));
        }
      }
      return rows;
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(csv, e);
    }
  }

  private static Row row(List<String> header, CSVRecord fields, long line) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < Math.min(header.size(), fields.size()); i++) {
      byName.put(header.get(i), fields.get(i));
    }
    return new Row(line, byName);
  }

  /** Excel begins its files with a byte order mark. */
  private static List<String> names(CSVRecord header) {
    return header.stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
  }

  private static DatasetException unreadable(Path csv, Exception reason) {
    return new DatasetException(csv + ": cannot be read as a CSV in UTF-8", reason);
  }
}
