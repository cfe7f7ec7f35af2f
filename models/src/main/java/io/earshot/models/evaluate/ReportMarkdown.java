package io.earshot.models.evaluate;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code report.md}: what was measured, for people. */
final class ReportMarkdown {
  private static final int CONFUSIONS = 20;

  private final ClipReport report;
  private final ClipEvaluation evaluation;
  private final List<String> pictures;

  /**
   * A report that shows these pictures.
   *
   * @param pictures names of the files beside the report
   */
  ReportMarkdown(ClipReport report, List<String> pictures) {
    this.report = report;
    this.evaluation = report.evaluation();
    this.pictures = pictures;
  }

  String text() {
    return List.of(
            head(), folds(), classes(), confusions(), mistakes(), settings(), skipped(), notes())
        .stream()
        .filter(section -> !section.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private String head() {
    int labelled = evaluation.labelled().size();
    return """
    # %s: what was measured

    Accuracy **%s**; %s.

    Judged on %d clips with a class and %d with none. A clip is right if the class of its highest mean score is
    one of its own.
    """
        .formatted(
            escaped(report.title()),
            Figures.accuracy(evaluation),
            Figures.means(evaluation),
            labelled,
            evaluation.clips().size() - labelled);
  }

  private String folds() {
    if (evaluation.folds().isEmpty()) {
      return "";
    }
    return "| fold left out | clips | accuracy |\n| --- | --- | --- |\n"
        + evaluation.folds().stream()
            .map(f -> row(f.fold() + "", f.clips() + "", Figures.percent(f.accuracy())))
            .collect(Collectors.joining());
  }

  private String classes() {
    return """
    ## Classes

    A clip is raised if one of its segments reaches the class's threshold. A false alarm is a run of such segments
    in a clip without the class.

    | class | clips | precision | recall | F1 | average precision | threshold | false alarms an hour |
    | --- | --- | --- | --- | --- | --- | --- | --- |
    %s%s%s"""
        .formatted(
            evaluation.measures().stream()
                .map(m -> row(ReportSummary.cells(m).toArray(String[]::new)))
                .collect(Collectors.joining()),
            picture("precision and recall", Pictures.PRECISION_RECALL),
            picture("scores of each class and thresholds", Pictures.SCORES));
  }

  private String confusions() {
    List<ConfusionMatrix.Confusion> mistakes = evaluation.confusion().mistakes();
    return """
    ## Confusions

    Of the clips with at most one class: `%s` is a clip with no class, or one that raised none.
    %s
    %s"""
        .formatted(
            ConfusionMatrix.NONE,
            picture("confusion matrix", Pictures.CONFUSION),
            mistakes.isEmpty()
                ? "No clip was taken for another class.\n"
                : mistakes.stream()
                    .limit(CONFUSIONS)
                    .map(mistake -> "- " + escaped(ReportSummary.words(mistake)) + "\n")
                    .collect(Collectors.joining()));
  }

  private String mistakes() {
    List<WorstMistakes.Mistake> worst = WorstMistakes.of(evaluation, Pictures.MISTAKES);
    String list =
        IntStream.range(0, worst.size())
            .mapToObj(i -> mistake(worst.get(i), i + 1))
            .collect(Collectors.joining("\n"));
    return list.isEmpty() ? "" : "## The worst mistakes\n\n" + list;
  }

  private String mistake(WorstMistakes.Mistake mistake, int rank) {
    String words = WorstMistakes.words(mistake, evaluation.labels());
    return "%d. `%s`: %s, by %s in mean score\n%s"
        .formatted(
            rank,
            mistake.clip().name(),
            escaped(words),
            Figures.share(mistake.margin()),
            picture(words, Pictures.mistake(rank)));
  }

  private String settings() {
    return list(
        "Settings",
        report.settings().entrySet().stream()
            .map(setting -> "%s: `%s`".formatted(escaped(setting.getKey()), setting.getValue()))
            .toList());
  }

  private String skipped() {
    return list(
        "Clips that were skipped",
        report.skipped().entrySet().stream()
            .map(clip -> "`%s`: %s".formatted(clip.getKey(), escaped(clip.getValue())))
            .toList());
  }

  private String notes() {
    return list("Notes", report.notes());
  }

  private static String list(String title, List<String> items) {
    return items.isEmpty() ? "" : "## " + title + "\n\n- " + String.join("\n- ", items) + "\n";
  }

  /** Nothing where it was not drawn. */
  private String picture(String words, String file) {
    return pictures.contains(file) ? "\n![%s](%s)\n".formatted(escaped(words), file) : "";
  }

  private static String row(String... cells) {
    return "| "
        + List.of(cells).stream().map(ReportMarkdown::escaped).collect(Collectors.joining(" | "))
        + " |\n";
  }

  /** What would begin a column, an image or emphasis. */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\|\\[\\]*_`<])", "\\\\$1");
  }
}
