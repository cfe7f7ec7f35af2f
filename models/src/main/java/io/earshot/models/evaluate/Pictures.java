package io.earshot.models.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws the pictures of a report. */
interface Pictures {
  String CONFUSION = "confusion.png";
  String PRECISION_RECALL = "precision-recall.png";
  String SCORES = "scores.png";

  /** Mistakes that are drawn. */
  int MISTAKES = 6;

  /** The file of a mistake, the worst is 1. */
  static String mistake(int rank) {
    return "mistake-" + rank + ".png";
  }

  /** Every name that a picture may have. */
  static List<String> names() {
    return Stream.concat(
            Stream.of(CONFUSION, PRECISION_RECALL, SCORES),
            IntStream.rangeClosed(1, MISTAKES).mapToObj(Pictures::mistake))
        .toList();
  }

  /**
   * Writes PNG files into the directory.
   *
   * @param notes takes a sentence on each picture that there is not
   * @return what was written, in the order of the report
   */
  List<Path> draw(
      ClipEvaluation evaluation, Path directory, WorstMistakes.Sounds sounds, List<String> notes)
      throws IOException;
}
