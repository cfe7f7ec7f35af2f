package io.earshot.detector.app;

import io.earshot.models.evaluate.sed.Counts;
import io.earshot.models.evaluate.sed.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Metrics of several kinds as tables: all labels together, and label by label. */
final class MetricsTable {
  private static final String UNNAMED = "(no label)";

  private MetricsTable() {}

  /**
   * @param kinds by name, in order
   */
  static List<String> overall(Map<String, Metrics> kinds) {
    TextTable table =
        new TextTable(
            "ALL LABELS",
            "F1",
            "PRECISION",
            "RECALL",
            "ERRORS",
            "SUBSTITUTED",
            "DELETED",
            "INSERTED");
    kinds.forEach((name, metrics) -> row(table, name, metrics.overall()));
    return table.lines();
  }

  private static void row(TextTable table, String name, Counts counts) {
    table.row(
        name,
        counts.fMeasure(),
        counts.precision(),
        counts.recall(),
        counts.errorRate(),
        counts.substitutionRate(),
        counts.deletionRate(),
        counts.insertionRate());
  }

  /**
   * F1 of each label by itself, and their mean.
   *
   * @param kinds by name, in order; the first one's counts are shown: it is of events
   */
  static List<String> classWise(Map<String, Metrics> kinds) {
    List<String> head = new ArrayList<>(List.of("F1 BY LABEL", "TRUE", "ESTIMATED"));
    kinds.keySet().forEach(name -> head.add(name.toUpperCase(Locale.ROOT)));
    TextTable table = new TextTable(head.toArray(String[]::new));
    Metrics first = kinds.values().iterator().next();
    first
        .classWise()
        .forEach(
            (label, counts) -> {
              List<Object> row = new ArrayList<>();
              row.add(label.isEmpty() ? UNNAMED : label);
              row.add(counts.reference());
              row.add(counts.estimated());
              kinds.values().forEach(it -> row.add(it.classWise().get(label).fMeasure()));
              table.row(row.toArray());
            });
    List<Object> mean = new ArrayList<>(List.of("mean over labels"));
    mean.add(first.overall().reference());
    mean.add(first.overall().estimated());
    kinds.values().forEach(it -> mean.add(it.average(Counts::fMeasure)));
    table.row(mean.toArray());
    return table.lines();
  }
}
