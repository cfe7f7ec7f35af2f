package io.earshot.models.evaluate;

import java.util.ArrayList;
import java.util.List;

/** The report in a few lines for the terminal. */
final class ReportSummary {
  private static final int CONFUSIONS = 5;
  private static final List<String> HEADER =
      List.of("class", "clips", "precision", "recall", "F1", "AP", "threshold", "false alarms/h");

  private ReportSummary() {}

  static List<String> lines(ClipEvaluation evaluation) {
    List<String> lines = new ArrayList<>();
    lines.add("accuracy " + Figures.accuracy(evaluation));
    lines.add(Figures.means(evaluation));
    for (FoldAccuracy fold : evaluation.folds()) {
      lines.add(
          "fold %d: %s of %d clips"
              .formatted(fold.fold(), Figures.percent(fold.accuracy()), fold.clips()));
    }
    lines.add("");
    lines.addAll(table(evaluation));
    List<ConfusionMatrix.Confusion> mistakes = evaluation.confusion().mistakes();
    if (!mistakes.isEmpty()) {
      lines.add("");
      lines.add("most frequent confusions:");
      mistakes.stream().limit(CONFUSIONS).forEach(mistake -> lines.add("  " + words(mistake)));
    }
    return lines;
  }

  /** In words: {@code 3 x dog taken for rooster}. */
  static String words(ConfusionMatrix.Confusion confusion) {
    String form = "%d x %s taken for %s";
    if (confusion.taken().equals(ConfusionMatrix.NONE)) {
      form = "%d x %s missed";
    } else if (confusion.truth().equals(ConfusionMatrix.NONE)) {
      form = "%1$d x %3$s raised by a clip of none of the classes";
    }
    return form.formatted(confusion.clips(), confusion.truth(), confusion.taken());
  }

  /** What a class's row holds, in the order of the summary and of the report. */
  static List<String> cells(ClassMeasures measures) {
    return List.of(
        measures.label(),
        String.valueOf(measures.clips()),
        Figures.share(measures.precision()),
        Figures.share(measures.recall()),
        Figures.share(measures.f1()),
        Figures.share(measures.averagePrecision()),
        Figures.share(measures.threshold()),
        Figures.rate(measures.falseAlarmsPerHour()));
  }

  private static List<String> table(ClipEvaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    evaluation.measures().forEach(measures -> rows.add(cells(measures)));
    int label = rows.stream().mapToInt(row -> row.get(0).length()).max().orElseThrow();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(row.get(0));
      line.append(" ".repeat(label - row.get(0).length()));
      for (int i = 1; i < row.size(); i++) {
        int width = HEADER.get(i).length() + 2;
        line.append(" ".repeat(Math.max(1, Math.max(7, width) - row.get(i).length())));
        line.append(row.get(i));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
