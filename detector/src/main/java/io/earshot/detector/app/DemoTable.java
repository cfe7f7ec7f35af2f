package io.earshot.detector.app;

import io.earshot.models.synth.Scene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The truth of a scene beside what was heard of it, as lines of text. */
final class DemoTable {
  /** Models with hundreds of labels have many words for one sound. */
  private static final int OTHERS = 4;

  /** A closed event, in seconds of the scene. */
  record Heard(String label, double onset, double offset, double confidence) {
    boolean overlaps(Scene.Part part) {
      return onset < part.offset() && offset > part.onset();
    }
  }

  private final List<Scene.Part> truth;
  private final List<Heard> heard;

  DemoTable(List<Scene.Part> truth, List<Heard> heard) {
    this.truth = truth;
    this.heard =
        heard.stream()
            .filter(each -> !DemoLabels.quiet(each.label()))
            .sorted(Comparator.comparingDouble(Heard::onset))
            .toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("seconds", "played", "heard as", "from, to", "score", "onset"));
    for (Scene.Part part : truth) {
      lines.addAll(lines(part));
    }
    lines.add("");
    lines.add(summary());
    return lines;
  }

  private List<String> lines(Scene.Part part) {
    List<String> lines = new ArrayList<>();
    String when = String.format(Locale.ROOT, "%3.0f - %.0f", part.onset(), part.offset());
    Optional<Heard> found = found(part);
    lines.add(
        found
            .map(
                match ->
                    row(
                        when,
                        part.label(),
                        match.label(),
                        span(match),
                        String.format(Locale.ROOT, "%.2f", match.confidence()),
                        String.format(Locale.ROOT, "%+.2f s", match.onset() - part.onset())))
            .orElse(row(when, part.label(), "-", "", "", "missed")));
    String others = others(part, found.map(Heard::label).orElse(""));
    if (!others.isEmpty()) {
      lines.add(row("", "", "also " + others, "", "", ""));
    }
    return lines;
  }

  /** What else was heard meanwhile, the surest first: other words for it, or mistakes. */
  private String others(Scene.Part part, String but) {
    List<String> labels =
        heard.stream()
            .filter(each -> each.overlaps(part) && !each.label().equals(but))
            .sorted(Comparator.comparingDouble(Heard::confidence).reversed())
            .map(Heard::label)
            .distinct()
            .toList();
    int more = labels.size() - OTHERS;
    return String.join("; ", labels.subList(0, Math.min(OTHERS, labels.size())))
        + (more > 0 ? "; " + more + " more" : "");
  }

  /** The surest of the right labels, from its first onset to its last offset. */
  private Optional<Heard> found(Scene.Part part) {
    List<Heard> right =
        heard.stream()
            .filter(each -> each.overlaps(part) && DemoLabels.same(part.label(), each.label()))
            .toList();
    Optional<Heard> surest = right.stream().max(Comparator.comparingDouble(Heard::confidence));
    return surest.map(
        best -> {
          List<Heard> pieces =
              right.stream().filter(each -> each.label().equals(best.label())).toList();
          return new Heard(
              best.label(),
              pieces.get(0).onset(),
              pieces.get(pieces.size() - 1).offset(),
              best.confidence());
        });
  }

  private String summary() {
    double[] errors =
        truth.stream()
            .flatMap(part -> found(part).map(match -> match.onset() - part.onset()).stream())
            .mapToDouble(Math::abs)
            .toArray();
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    String onsets =
        errors.length == 0
            ? ""
            : String.format(Locale.ROOT, ", onsets off by %.2f s on average", sum / errors.length);
    return errors.length + " of " + truth.size() + " heard" + onsets + "; " + falseAlarms() + ".";
  }

  /** Whatever was heard where nothing was played. */
  private String falseAlarms() {
    List<Heard> wrong =
        heard.stream().filter(each -> truth.stream().noneMatch(each::overlaps)).toList();
    return wrong.isEmpty()
        ? "nothing heard in the quiet between"
        : "in the quiet between, "
            + wrong.stream()
                .map(each -> each.label() + " (" + span(each) + ")")
                .collect(Collectors.joining(", "));
  }

  private static String span(Heard heard) {
    return String.format(Locale.ROOT, "%.2f-%.2f", heard.onset(), heard.offset());
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-8s  %-12s  %-28s  %-12s  %-5s  %s", (Object[]) cells)
        .stripTrailing();
  }
}
