package io.earshot.models.evaluate;

import java.util.Locale;

/** Numbers for people: a dash where undefined. */
final class Figures {
  private static final String UNDEFINED = "-";

  private Figures() {}

  static String percent(double share) {
    return Double.isNaN(share) ? UNDEFINED : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Three decimals. */
  static String share(double value) {
    return Double.isNaN(value) ? UNDEFINED : String.format(Locale.ROOT, "%.3f", value);
  }

  /** One decimal. */
  static String rate(double value) {
    return Double.isNaN(value) ? UNDEFINED : String.format(Locale.ROOT, "%.1f", value);
  }

  /** The accuracy in a sentence. */
  static String accuracy(ClipEvaluation evaluation) {
    int clips = evaluation.labelled().size();
    if (clips == 0) {
      return "no clip with a class label";
    }
    return "%s (%d of %d clips; 95 %% interval %s to %s)"
        .formatted(
            percent(evaluation.accuracy()),
            Math.round(evaluation.accuracy() * clips),
            clips,
            percent(evaluation.accuracyInterval().low()),
            percent(evaluation.accuracyInterval().high()));
  }

  /** The means in a sentence. */
  static String means(ClipEvaluation evaluation) {
    return "macro F1 %s, mean average precision %s, calibration error %s"
        .formatted(
            share(evaluation.macroF1()),
            share(evaluation.meanAveragePrecision()),
            share(evaluation.calibrationError()));
  }
}
