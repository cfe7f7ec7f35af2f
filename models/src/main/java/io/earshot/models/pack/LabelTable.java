package io.earshot.models.pack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code labels.csv}: the classes in the order of the scores, as {@code index,label} (RFC 4180, so
 * that {@code "Waves, surf"} is one label). A label is one line of text.
 */
final class LabelTable {

  private static final String HEADER = "index,label";

  private LabelTable() {}

  static String format(List<String> labels) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (int i = 0; i < labels.size(); i++) {
      csv.append(i).append(',').append(quoted(labels.get(i))).append('\n');
    }
    return csv.toString();
  }

  /**
   * The labels, in order.
   *
   * @throws IllegalArgumentException the line that is wrong, and why
   */
  static List<String> parse(String csv) {
    List<String> lines = csv.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IllegalArgumentException("the first line is not \"" + HEADER + "\"");
    }
    List<String> labels = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String index = labels.size() + ",";
      if (!line.startsWith(index)) {
        throw new IllegalArgumentException(
            "line %d does not start with \"%s\"".formatted(labels.size() + 2, index));
      }
      String label = unquoted(line.substring(index.length()), labels.size() + 2, HEADER);
      if (label.isBlank() || !seen.add(label)) {
        throw new IllegalArgumentException("duplicate or empty label \"" + label + "\"");
      }
      labels.add(label);
    }
    return List.copyOf(labels);
  }

  static String quoted(String label) {
    boolean plain = Stream.of(",", "\"", " ").noneMatch(label::contains);
    return plain ? label : '"' + label.replace("\"", "\"\"") + '"';
  }

  /**
   * A label as it stands in a line.
   *
   * @param form of the line, for messages
   * @throws IllegalArgumentException its quotes are wrong
   */
  static String unquoted(String field, int line, String form) {
    boolean quoted = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
    String label = quoted ? field.substring(1, field.length() - 1) : field;
    String rest = quoted ? label.replace("\"\"", "") : label;
    if (rest.contains("\"") || (!quoted && rest.contains(","))) {
      throw new IllegalArgumentException("line " + line + " is not " + form + " with CSV quotes");
    }
    return quoted ? label.replace("\"\"", "\"") : label;
  }
}
