package io.earshot.models.dataset;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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

  Found without(Set<Path> gone) {
    return new Found(files.stream().filter(file -> !gone.contains(file.file())).toList(), notes);
  }
}
