package io.earshot.models.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Data sets of empty files, and what is asked of them. */
final class Tree {

  private final Path root;

  Tree(Path root) {
    this.root = root;
  }

  Tree file(String name) {
    return file(name, "");
  }

  Tree file(String name, String content) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files 1.wav and up of a folder. */
  Tree clips(String folder, int count) {
    IntStream.rangeClosed(1, count).forEach(clip -> file(folder + "/" + clip + ".wav"));
    return this;
  }

  Tree clips(String folder, List<String> names) {
    names.forEach(name -> file(folder + "/" + name));
    return this;
  }

  Dataset read() throws DatasetException {
    return read(DatasetOptions.standard());
  }

  Dataset read(DatasetOptions options) throws DatasetException {
    return Dataset.read(root, options);
  }

  static List<String> names(List<LabelledFile> files) {
    return files.stream().map(LabelledFile::name).toList();
  }

  /** The folds that each recording is in. */
  static Collection<TreeSet<Integer>> foldsOfRecordings(List<LabelledFile> files) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                LabelledFile::recording,
                TreeMap::new,
                Collectors.mapping(LabelledFile::fold, Collectors.toCollection(TreeSet::new))))
        .values();
  }

  static Map<String, String> recordings(List<LabelledFile> files) {
    return files.stream()
        .collect(Collectors.toMap(LabelledFile::fileName, LabelledFile::recording));
  }
}
