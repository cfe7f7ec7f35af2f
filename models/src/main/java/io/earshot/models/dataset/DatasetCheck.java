package io.earshot.models.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether a data set can be learnt from and judged by. */
final class DatasetCheck {

  private static final int MIN_CLIPS = 5;

  private DatasetCheck() {}

  /** Each class in every fold, and enough of it. */
  static void check(List<String> labels, Folds.Placed placed) throws DatasetException {
    classes(labels);
    clips(labels, placed.labelled());
    Map<String, Set<Integer>> foldsOf = new TreeMap<>(Folds.byLabel(placed.labelled()));
    for (Map.Entry<String, Set<Integer>> label : foldsOf.entrySet()) {
      if (label.getValue().size() < 2) {
        throw oneFold(label.getKey(), label.getValue(), placed.dealt());
      }
    }
    for (Map.Entry<String, Set<Integer>> label : foldsOf.entrySet()) {
      for (int fold : Folds.folds(placed.labelled())) {
        everyFold(label.getKey(), fold, label.getValue());
      }
    }
  }

  private static void classes(List<String> labels) throws DatasetException {
    if (labels.size() < 2) {
      String found = labels.isEmpty() ? "no class" : "the class " + labels.get(0) + " alone";
      throw new DatasetException(
          "found %s; at least 2 classes are needed, and background is none".formatted(found));
    }
  }

  private static void clips(List<String> labels, List<LabelledFile> files) throws DatasetException {
    List<String> few = new ArrayList<>();
    for (String label : labels) {
      long clips = files.stream().filter(file -> file.labels().contains(label)).count();
      if (clips < MIN_CLIPS) {
        few.add("class %s has %d".formatted(label, clips));
      }
    }
    if (!few.isEmpty()) {
      throw new DatasetException(
          "too few clips: %s; every class needs at least %d"
              .formatted(String.join(", ", few), MIN_CLIPS));
    }
  }

  private static DatasetException oneFold(String label, Set<Integer> folds, boolean dealt) {
    return new DatasetException(
        dealt
            ? "class %s: all clips are of one recording; at least 2 recordings are needed, one to learn from and one to judge by"
                .formatted(label)
            : "class %s: all clips are in fold %d; every class needs clips in at least 2 folds"
                .formatted(label, folds.iterator().next()));
  }

  private static void everyFold(String label, int fold, Set<Integer> folds)
      throws DatasetException {
    if (!folds.contains(fold)) {
      throw new DatasetException(
          "fold %d has no clip of class %s; every fold needs clips of every class, to be judged by"
              .formatted(fold, label));
    }
  }
}
