package io.earshot.models.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What clips of one class were taken for.
 *
 * <pre>{@code
 * ConfusionMatrix matrix = evaluation.confusion();
 * int taken = matrix.count(0, 1); // clips of the first class that were taken for the second
 * }</pre>
 *
 * @param labels the classes and, last, {@link #NONE}
 * @param rows one per label that is true, one count per label that it was taken for
 */
public record ConfusionMatrix(List<String> labels, List<List<Integer>> rows) {
  /** As a row: clips with none of the classes. As a column: clips that raised none of them. */
  public static final String NONE = "(none)";

  /** So many clips of one class were taken for another. */
  public record Confusion(String truth, String taken, int clips) {}

  public ConfusionMatrix {
    labels = List.copyOf(labels);
    rows = rows.stream().map(List::copyOf).toList();
  }

  static ConfusionMatrix of(List<String> classes, int[][] counts) {
    List<String> labels = new ArrayList<>(classes);
    labels.add(NONE);
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(labels, rows);
  }

  public int count(int truth, int taken) {
    return rows.get(truth).get(taken);
  }

  /** What is off the diagonal and not zero, the most frequent first. */
  public List<Confusion> mistakes() {
    List<Confusion> mistakes = new ArrayList<>();
    for (int truth = 0; truth < labels.size(); truth++) {
      for (int taken = 0; taken < labels.size(); taken++) {
        if (truth != taken && count(truth, taken) > 0) {
          mistakes.add(new Confusion(labels.get(truth), labels.get(taken), count(truth, taken)));
        }
      }
    }
    mistakes.sort(Comparator.comparingInt(Confusion::clips).reversed());
    return mistakes;
  }
}
