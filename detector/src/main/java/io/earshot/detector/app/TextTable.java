package io.earshot.detector.app;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows under a head, the first column to the left, the others to the right, or all to the left. */
final class TextTable {
  private static final String NONE = "-";

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean texts;

  TextTable(String... head) {
    this(false, head);
  }

  private TextTable(boolean texts, String... head) {
    this.texts = texts;
    rows.add(List.of(head));
  }

  /** A table of texts, to the left. */
  static TextTable ofTexts(String... head) {
    return new TextTable(true, head);
  }

  /**
   * @param cells numbers or texts, as many as the head has
   */
  TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Double number ? text(number) : String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  /** Three decimals; what is not defined is a dash. */
  static String text(double number) {
    return Double.isNaN(number) ? NONE : String.format(Locale.ROOT, "%.3f", number);
  }

  /** As short as it goes: 1, not 1.0. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder(row.get(0)).append(" ".repeat(gap(row, 0)));
    for (int i = 1; i < row.size(); i++) {
      String gap = " ".repeat(gap(row, i));
      line.append("  ").append(texts ? row.get(i) + gap : gap + row.get(i));
    }
    return line.toString().stripTrailing();
  }

  private int gap(List<String> row, int column) {
    int width = rows.stream().mapToInt(it -> it.get(column).length()).max().orElseThrow();
    return width - row.get(column).length();
  }
}
