package io.earshot.models.transfer;

import io.earshot.models.evaluate.ClipEvaluation;
import io.earshot.models.evaluate.Interval;
import io.earshot.models.pack.Manifest;
import java.util.Locale;

/** What a reader should know of a head: the short form of its report. */
final class HeadCard {
  private HeadCard() {}

  /**
   * @param judged what the top label was asked of: "clips"
   */
  static Manifest.Accuracy accuracy(ClipEvaluation evaluation, String judged) {
    return new Manifest.Accuracy(
        Math.round(evaluation.accuracy() * 1e4) / 1e4,
        "top label of %d %s, each by a head that had not learnt from its fold"
            .formatted(evaluation.labelled().size(), judged));
  }

  /** Of a head that was trained on clips. */
  static String markdown(HeadRequest request, ClipEvaluation evaluation) {
    Interval interval = evaluation.accuracyInterval();
    return String.format(
        Locale.ROOT,
        """
        # %s

        Hears %s; and `%s`, which stands for none of them and is never raised.

        A head (%s) on the embeddings of `%s` %s, trained on %d clips. %.1f %% of them were named
        right by a head that had not learnt from their fold (95 %% interval: %.1f to %.1f %%).
        [report.md](report.md) has every class, and pictures.

        ```
        %s
        ```
        """,
        request.name(),
        String.join(", ", evaluation.labels()),
        Classes.BACKGROUND,
        request.settings().get("head"),
        request.backbone().name(),
        request.backbone().version(),
        evaluation.labelled().size(),
        100 * evaluation.accuracy(),
        100 * interval.low(),
        100 * interval.high(),
        request.command());
  }

  /** Of a head that was trained to give another model's labels. */
  static String markdown(HeadRequest request, ClipEvaluation evaluation, Manifest teacher) {
    return String.format(
        Locale.ROOT,
        """
        # %s

        Gives the %d labels of `%s` %s, as foretold from the embeddings of `%s` %s by a head (%s).
        Trained on recordings without labels; in %.1f %% of %d stretches of 10 s that it had not learnt
        from, its top label was one that `%s` raised.

        ```
        %s
        ```
        """,
        request.name(),
        evaluation.labels().size(),
        teacher.name(),
        teacher.version(),
        request.backbone().name(),
        request.backbone().version(),
        request.settings().get("head"),
        100 * evaluation.accuracy(),
        evaluation.labelled().size(),
        teacher.name(),
        request.command());
  }
}
