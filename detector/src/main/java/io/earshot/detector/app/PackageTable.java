package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Packages as the lines of a table. */
final class PackageTable {
  private static final List<String> HEAD =
      List.of(
          "NAME", "VERSION", "KIND", "LABELS", "EMBEDDING", "HOP", "LICENCE", "SIZE", "ACCURACY");
  private static final String NONE = "-";

  private PackageTable() {}

  static List<String> of(List<PackageState> packages) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    packages.forEach(state -> rows.add(row(state)));
    int[] widths = widths(rows);
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(PackageState state) {
    if (!state.isSound()) {
      return List.of(state.name(), NONE, "faulty: " + state.fault());
    }
    ModelPackage model = state.model();
    OptionalInt embedding = model.embeddingSize();
    return List.of(
        state.name(),
        model.version(),
        PackageText.kind(model),
        model.hasScores() ? Integer.toString(model.classes()) : NONE,
        embedding.isPresent() ? Integer.toString(embedding.getAsInt()) : NONE,
        model.hop().toMillis() + " ms",
        model.manifest().licence(),
        PackageText.size(model),
        model.accuracy().map(PackageText::percent).orElse(NONE));
  }

  /** A fault is as long as it is: it does not count. */
  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() && (row.size() == HEAD.size() || i < 2); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).append(" ".repeat(Math.max(0, widths[i] - row.get(i).length()) + 2));
    }
    return line.toString().stripTrailing();
  }
}
