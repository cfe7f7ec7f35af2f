package io.earshot.models.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Deals recordings to folds: no recording to two, every class as evenly as it goes. Greedy: the
 * largest recording first, to the fold that lacks most of its classes, then to the one with the
 * smallest share of their clips. The same files give the same folds.
 *
 * <p>A class of k recordings is in all of k folds, unless clips of one recording are of several
 * classes and their needs conflict.
 */
final class GroupedSplit {

  /** A recording's clips by class. */
  private record Group(String recording, int clips, Map<String, Integer> ofLabel) {}

  private final List<Group> groups;
  private final Map<String, Integer> total = new TreeMap<>();
  private final Map<String, Integer> foldOf = new HashMap<>();
  private final List<Map<String, Integer>> ofLabel = new ArrayList<>();
  private final int[] clips;

  private GroupedSplit(List<LabelledFile> files, int folds) {
    this.groups = groups(files);
    this.clips = new int[folds];
    IntStream.range(0, folds).forEach(fold -> ofLabel.add(new HashMap<>()));
    groups.forEach(
        group -> group.ofLabel.forEach((label, n) -> total.merge(label, n, Math::addExact)));
    groups.forEach(this::deal);
  }

  /** The fold of each recording, 1 and up, in as many folds as have every class, two at least. */
  static Map<String, Integer> deal(List<LabelledFile> files, int folds) {
    GroupedSplit split = new GroupedSplit(files, folds);
    return folds == 2 || split.isComplete() ? split.foldOf : deal(files, folds - 1);
  }

  private boolean isComplete() {
    Set<String> labels = total.keySet();
    return ofLabel.stream().allMatch(fold -> fold.keySet().containsAll(labels));
  }

  private void deal(Group group) {
    int fold =
        IntStream.range(0, clips.length)
            .boxed()
            .min(
                Comparator.<Integer>comparingLong(candidate -> alreadyIn(candidate, group))
                    .thenComparingDouble(candidate -> share(candidate, group))
                    .thenComparingInt(candidate -> clips[candidate]))
            .orElseThrow();
    foldOf.put(group.recording, fold + 1);
    clips[fold] += group.clips;
    group.ofLabel.forEach((label, n) -> ofLabel.get(fold).merge(label, n, Math::addExact));
  }

  private long alreadyIn(int fold, Group group) {
    return group.ofLabel.keySet().stream().filter(ofLabel.get(fold)::containsKey).count();
  }

  private double share(int fold, Group group) {
    double share = 0;
    for (String label : group.ofLabel.keySet()) {
      share += (double) ofLabel.get(fold).getOrDefault(label, 0) / total.get(label);
    }
    return share;
  }

  private static List<Group> groups(List<LabelledFile> files) {
    Map<String, List<LabelledFile>> byRecording = new TreeMap<>();
    for (LabelledFile file : files) {
      byRecording.computeIfAbsent(file.recording(), key -> new ArrayList<>()).add(file);
    }
    List<Group> groups = new ArrayList<>();
    byRecording.forEach((recording, clips) -> groups.add(group(recording, clips)));
    groups.sort(Comparator.comparingInt(Group::clips).reversed().thenComparing(Group::recording));
    return groups;
  }

  private static Group group(String recording, List<LabelledFile> files) {
    Map<String, Integer> ofLabel = new TreeMap<>();
    for (LabelledFile file : files) {
      file.labels().forEach(label -> ofLabel.merge(label, 1, Math::addExact));
    }
    return new Group(recording, files.size(), ofLabel);
  }
}
