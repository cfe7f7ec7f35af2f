package io.earshot.models.train;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code card.md} of a trained backbone: what it is, how to repeat it, what was measured. */
final class BackboneCard {
  private final BackboneRequest request;
  private final Judgement judgement;
  private final Duration took;

  BackboneCard(BackboneRequest request, Judgement judgement, Duration took) {
    this.request = request;
    this.judgement = judgement;
    this.took = took;
  }

  String markdown() {
    return String.format(
        Locale.ROOT,
        """
        # %s

        A small network of VGGish's shape, trained by Earshot: log-mel patches of 96 x 64 in, a 128-d embedding
        and %d calibrated, independent scores out. Six 3x3 convolutions of %s channels; the sum of mean
        and maximum over time in place of VGGish's 12288-wide layer.

        ## Trained on

        %s

        %s

        %sEach of the %d examples of a training is made once: a
        piece of a clip, up to 12 %% faster or slower, in a made room or not, equalised or not, at any level,
        mixed with a second piece or noise, with holes in its patch. Seed %d; %d minutes for %d trainings on the
        machine that made it.

        ```
        %s
        ```

        ## Measured

        Each clip is scored by a network that has not learnt from its fold; the network in this package has then
        learnt from all of them. Right is a clip whose highest mean score over its patches, among the %d classes
        of real recordings with folds, is its own: **%d of %d, %.1f %%**.

        %s
        %s
        Raised: a patch of the clip reaches the threshold. Average precision ranks all %d clips by their highest
        score. The scores' expected calibration error, over the patches in which a clip is loud, is %.3f. The lines
        that calibrate a fold's scores were fitted on the other folds.

        %s""",
        request.name(),
        judgement.labels().size(),
        BackboneShape.WIDTHS.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        clips(),
        request.about().strip(),
        teacher(),
        request.settings().examples(),
        request.settings().seed(),
        took.toMinutes(),
        request.folds().size() + 1,
        request.command(),
        judgement.ranked(),
        judgement.right(0),
        judgement.rankedClips(0).size(),
        100 * judgement.accuracy(0),
        folds(),
        confusion(judgement, 0),
        judgement.clips().size(),
        judgement.calibrationError(),
        classes());
  }

  /** One fold's result, for the terminal. */
  static String fold(Judgement judgement, int fold) {
    return String.format(
        Locale.ROOT,
        "fold %d left out: %d of %d right, %.1f %%\n%s",
        fold,
        judgement.right(fold),
        judgement.rankedClips(fold).size(),
        100 * judgement.accuracy(fold),
        confusion(judgement, fold));
  }

  private String teacher() {
    return request
        .teacher()
        .map(
            m ->
                "Beside the labels, the scores of "
                    + m.name()
                    + " "
                    + m.version()
                    + " were a second target. ")
        .orElse("");
  }

  private String clips() {
    return judgement.labels().stream()
        .map(label -> "- `%s`: %d clips%s".formatted(label, judged(label), made(label)))
        .collect(Collectors.joining("\n"));
  }

  private long judged(String label) {
    return judgement.count(index(label), true);
  }

  private String made(String label) {
    long made =
        request.others().stream().filter(c -> c.fold() == 0 && c.label().equals(label)).count();
    return made == 0 ? "" : ", and " + made + " made ones that nothing is judged by";
  }

  private int index(String label) {
    return judgement.labels().indexOf(label);
  }

  private String folds() {
    String rows =
        request.folds().stream()
            .map(
                fold ->
                    String.format(
                        Locale.ROOT,
                        "| %d | %d of %d | %.1f %% |\n",
                        fold,
                        judgement.right(fold),
                        judgement.rankedClips(fold).size(),
                        100 * judgement.accuracy(fold)))
            .collect(Collectors.joining());
    return "| fold left out | right | |\n| --- | --- | --- |\n" + rows;
  }

  private static String confusion(Judgement judgement, int fold) {
    List<String> labels = judgement.labels().subList(0, judgement.ranked());
    StringBuilder table = new StringBuilder("| is, taken for |");
    labels.forEach(label -> table.append(' ').append(label).append(" |"));
    table.append("\n| --- |").append(" --- |".repeat(labels.size())).append('\n');
    int[][] matrix = judgement.confusion(fold);
    for (int row = 0; row < labels.size(); row++) {
      table.append("| ").append(labels.get(row)).append(" |");
      for (int count : matrix[row]) {
        table.append(count == 0 ? " |" : " " + count + " |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private String classes() {
    return IntStream.range(0, judgement.labels().size())
        .mapToObj(this::classRow)
        .collect(
            Collectors.joining(
                "",
                """
                | class | threshold | own clips raised | others raised | average precision |
                | --- | --- | --- | --- | --- |
                """,
                ""));
  }

  private String classRow(int label) {
    double threshold = judgement.threshold(label);
    boolean raises = !judgement.labels().get(label).equals(MadeClips.BACKGROUND);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d of %d | %d of %d | %.3f |\n",
        judgement.labels().get(label),
        raises ? String.format(Locale.ROOT, "%.2f", threshold) : "never",
        raises ? judgement.raised(label, threshold, true) : 0,
        judgement.count(label, true),
        raises ? judgement.raised(label, threshold, false) : 0,
        judgement.count(label, false),
        judgement.averagePrecision(label));
  }
}
