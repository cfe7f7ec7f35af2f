package io.earshot.models.transfer;

import io.earshot.models.evaluate.ClipEvaluation;
import io.earshot.models.evaluate.Interval;
import io.earshot.models.pack.Manifest;
import java.util.Locale;

/** What a reader should know of a head: the short form of its report. */
record HeadCard(HeadRequest request, ClipEvaluation evaluation) {

  Manifest.Accuracy accuracy() {
    return new Manifest.Accuracy(
        Math.round(evaluation.accuracy() * 1e4) / 1e4,
        "top label of %d clips of %d classes, each by a head that had not learnt its fold"
            .formatted(evaluation.labelled().size(), evaluation.labels().size()));
  }

  String markdown() {
    Interval interval = evaluation.accuracyInterval();
    return String.format(
        Locale.ROOT,
        """
        # %s

        Hears %d classes: %s; and `%s`, which stands for none of them and is never raised.

        A head (%s) on the embeddings of `%s` %s, trained on %d clips. %.1f %% of them were named
        right by a head that had not learnt from their fold (95 %% interval: %.1f to %.1f %%).
        [report.md](report.md) has every class, and pictures.

        ```
        %s
        ```
        """,
        request.name(),
        evaluation.labels().size(),
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
}
