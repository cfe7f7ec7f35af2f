package io.earshot.models.dataset;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a data set's folder or CSV says, before anything is made of it.
 *
 * @param files sorted by name; fold 0 and an empty recording where the data set says nothing
 * @param notes what was passed over
 */
record Found(List<LabelledFile> files, List<String> notes) {

  Found {
    files = files.stream().sorted(Comparator.comparing(LabelledFile::name)).toList();
    notes = List.copyOf(notes);
  }

  List<LabelledFile> labelled() {
    return files.stream().filter(file -> !file.isBackground()).toList();
  }

  List<LabelledFile> background() {
    return files.stream().filter(LabelledFile::isBackground).toList();
  }

  List<String> labels() {
    Set<String> labels = new TreeSet<>();
    files.forEach(file -> labels.addAll(file.labels()));
    return List.copyOf(labels);
  }

  /** The files without the copies, whose labels go to the files that they are copies of. */
  Found merged(Map<String, String> copies) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (LabelledFile file : files) {
      String kept = copies.getOrDefault(file.name(), file.name());
      labels.computeIfAbsent(kept, key -> new TreeSet<>()).addAll(file.labels());
    }
    return new Found(
        files.stream()
            .filter(file -> !copies.containsKey(file.name()))
            .map(file -> file.withLabels(List.copyOf(labels.get(file.name()))))
            .toList(),
        notes);
  }

  Found without(Set<Path> gone) {
    return new Found(files.stream().filter(file -> !gone.contains(file.file())).toList(), notes);
  }
}
