package io.earshot.models.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives every file its recording and its fold. The folds of the CSV are kept; else those in the
 * files' names, if all have one and every class has two; else recordings are dealt.
 */
final class Folds {

  /**
   * Every file with a fold.
   *
   * @param dealt whether the folds are ours to deal anew
   */
  record Placed(
      List<LabelledFile> labelled,
      List<LabelledFile> background,
      boolean dealt,
      List<String> notes) {}

  private Folds() {}

  static Placed place(Found found, DatasetOptions options) {
    if (found.labelled().stream().anyMatch(file -> file.fold() > 0)) {
      return given(found, options, "of the CSV");
    }
    Found named = withFoldsOfNames(found);
    return twoForEachClass(named.labelled())
        ? given(named, options, "in the files' names, as in 1-100032-A")
        : dealt(found, options);
  }

  private static Placed given(Found found, DatasetOptions options, String whose) {
    Set<Integer> folds = folds(found.labelled());
    Recordings.Told told = new Recordings(options.recordings(), folds.size()).tell(found, false);
    List<String> notes = new ArrayList<>();
    notes.add("Folds: the %d %s".formatted(folds.size(), whose));
    notes.addAll(told.notes());
    long torn = torn(told.labelled());
    if (torn > 0) {
      notes.add(
          "%d recordings have clips in more than one of these folds; the folds are kept, but the numbers may be too good"
              .formatted(torn));
    }
    Map<String, Integer> foldOf = new HashMap<>();
    told.labelled().forEach(file -> foldOf.putIfAbsent(file.recording(), file.fold()));
    return new Placed(
        told.labelled(), inTurn(told.background(), foldOf, folds), false, List.copyOf(notes));
  }

  private static Placed dealt(Found found, DatasetOptions options) {
    Recordings.Told told = new Recordings(options.recordings(), options.folds()).tell(found, true);
    Map<String, Integer> foldOf = GroupedSplit.deal(told.labelled(), options.folds());
    List<LabelledFile> labelled =
        told.labelled().stream().map(file -> file.withFold(foldOf.get(file.recording()))).toList();
    Set<Integer> folds = folds(labelled);
    List<String> notes = new ArrayList<>();
    notes.add(
        "Folds: %d, dealt by recording, of which there are %d"
            .formatted(folds.size(), foldOf.size()));
    if (folds.size() < options.folds()) {
      notes.add(
          "%d folds instead of %d, because not every class has recordings for more"
              .formatted(folds.size(), options.folds()));
    }
    notes.addAll(told.notes());
    return new Placed(
        labelled,
        inTurn(told.background(), new HashMap<>(foldOf), folds),
        true,
        List.copyOf(notes));
  }

  /** A file without a fold goes where its recording is, or else to the next fold. */
  private static List<LabelledFile> inTurn(
      List<LabelledFile> files, Map<String, Integer> foldOf, Set<Integer> folds) {
    List<Integer> turns = folds.isEmpty() ? List.of(1) : List.copyOf(folds);
    files.stream()
        .filter(file -> file.fold() > 0)
        .forEach(file -> foldOf.putIfAbsent(file.recording(), file.fold()));
    List<LabelledFile> placed = new ArrayList<>();
    int turn = 0;
    for (LabelledFile file : files) {
      if (file.fold() == 0 && !foldOf.containsKey(file.recording())) {
        foldOf.put(file.recording(), turns.get(turn++ % turns.size()));
      }
      placed.add(file.fold() > 0 ? file : file.withFold(foldOf.get(file.recording())));
    }
    return placed;
  }

  private static Found withFoldsOfNames(Found found) {
    Set<Integer> folds = new HashSet<>();
    found.labelled().forEach(file -> folds.add(ClipName.escFold(file).orElse(0)));
    return new Found(
        found.files().stream()
            .map(file -> folds.contains(nameFold(file)) ? file.withFold(nameFold(file)) : file)
            .toList(),
        found.notes());
  }

  private static int nameFold(LabelledFile file) {
    return ClipName.escFold(file).orElse(0);
  }

  private static boolean twoForEachClass(List<LabelledFile> files) {
    Map<String, Set<Integer>> folds = byLabel(files);
    return folds.values().stream().allMatch(set -> set.size() > 1 && !set.contains(0));
  }

  /** The folds of each class. */
  static Map<String, Set<Integer>> byLabel(List<LabelledFile> files) {
    Map<String, Set<Integer>> folds = new HashMap<>();
    for (LabelledFile file : files) {
      for (String label : file.labels()) {
        folds.computeIfAbsent(label, key -> new TreeSet<>()).add(file.fold());
      }
    }
    return folds;
  }

  static Set<Integer> folds(List<LabelledFile> files) {
    Set<Integer> folds = new TreeSet<>();
    files.forEach(file -> folds.add(file.fold()));
    return folds;
  }

  /** How many recordings have clips in several folds. */
  private static long torn(List<LabelledFile> files) {
    Map<String, Set<Integer>> folds = new HashMap<>();
    for (LabelledFile file : files) {
      folds.computeIfAbsent(file.recording(), key -> new HashSet<>()).add(file.fold());
    }
    return folds.values().stream().filter(set -> set.size() > 1).count();
  }
}
