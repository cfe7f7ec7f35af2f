package io.earshot.models.quantize;

import io.earshot.models.pack.Quantised;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparison for people to read: lines for a terminal, and a package's card. */
final class QuantizedCard {
  private QuantizedCard() {}

  static List<String> summary(Quantised.Comparison compared) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "%s: cosine %.4f, lowest %.4f, on %d patches of %d clips held out",
            compared.vector(),
            compared.cosine(),
            compared.lowestCosine(),
            compared.patches(),
            compared.clips()));
    if (compared.scores() != null) {
      lines.add(
          line(
              "scores: top label the same in %.1f %% of the patches; they differ by %.4f, at most %.3f",
              100 * compared.scores().agreement(),
              compared.scores().meanDifference(),
              compared.scores().greatestDifference()));
    }
    if (compared.accuracy() != null) {
      lines.add(
          line(
              "accuracy: %.1f %% before, %.1f %% after, of %s",
              100 * compared.accuracy().before(),
              100 * compared.accuracy().after(),
              compared.accuracy().of()));
    }
    lines.add(
        line(
            "speed: %.1f times as fast, in processor time of one thread, batches of 16",
            compared.speedup()));
    return lines;
  }

  /**
   * Markdown.
   *
   * @param original the card of the package that it was made of
   */
  static String markdown(
      String name, Quantised quantised, List<String> layers, String command, String original) {
    String compared =
        String.join("\n", summary(quantised.comparison()).stream().map(it -> "- " + it).toList());
    return """
        # %s

        %s %s with %d layers computed in integers. %s.

        ## Compared with %s

        %s

        It would not have been written with a cosine below %s, the same top label in less than
        %s of the patches or a loss of accuracy of more than %s points. Ranges were taken from other
        clips than those held out; accuracy is of all clips whose label the package has.

        ```
        %s
        ```

        ## The card of %s

        %s
        """
        .formatted(
            name,
            quantised.from().name(),
            quantised.from().version(),
            layers.size(),
            quantised.method(),
            quantised.from().name(),
            compared,
            Quantised.LEAST_COSINE,
            Quantised.LEAST_AGREEMENT,
            100 * Quantised.GREATEST_LOSS,
            command,
            quantised.from().name(),
            original.strip());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
