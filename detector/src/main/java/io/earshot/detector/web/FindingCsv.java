package io.earshot.detector.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Events or candidates as CSV (RFC 4180) with a header. No text begins as a formula does: programs
 * for tables would run it.
 */
final class FindingCsv {
  static final FindingCsv EVENTS =
      new FindingCsv(
          "id",
          "state",
          "stream",
          "label",
          "onset",
          "offset",
          "duration_ms",
          "confidence",
          "mean_confidence",
          "coverage",
          "level_dbfs",
          "threshold",
          "ended_by",
          "previous",
          "model",
          "model_version");

  static final FindingCsv CANDIDATES =
      new FindingCsv(
          "id",
          "reason",
          "stream",
          "label",
          "onset",
          "offset",
          "duration_ms",
          "confidence",
          "threshold",
          "model",
          "model_version");

  private static final String FORMULA = "=+-@\t\r\n";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private final List<String> columns;
  private final CsvSchema schema;

  private FindingCsv(String... columns) {
    this.columns = List.of(columns);
    CsvSchema.Builder builder = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
    this.columns.forEach(builder::addColumn);
    schema = builder.build();
  }

  /** One line each, in UTF-8. */
  byte[] write(List<byte[]> findings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      try (SequenceWriter lines = CSV.writer(schema).writeValues(bytes)) {
        for (byte[] finding : findings) {
          lines.write(line(JSON.readTree(finding)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private String[] line(JsonNode finding) {
    return columns.stream().map(column -> cell(value(finding, column))).toArray(String[]::new);
  }

  private static JsonNode value(JsonNode finding, String column) {
    return switch (column) {
      case "model" -> finding.path("model").path("name");
      case "model_version" -> finding.path("model").path("version");
      default -> finding.path(column);
    };
  }

  private static String cell(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    String text = value.asText();
    boolean formula = value.isTextual() && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }
}
