package io.earshot.models.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A data set of a folder per class: the folder's name is the label. */
final class ClassFolders {

  private final Path folder;
  private final List<Path> classes;

  ClassFolders(Path folder) throws DatasetException {
    this.folder = folder;
    this.classes = SoundFiles.entries(folder).stream().filter(Files::isDirectory).toList();
  }

  /** How many of the folders have sound files in them. */
  int withSound() throws DatasetException {
    int count = 0;
    for (Path label : classes) {
      count += SoundFiles.below(label).isEmpty() ? 0 : 1;
    }
    return count;
  }

  Found read() throws DatasetException {
    List<LabelledFile> files = new ArrayList<>();
    for (Path label : classes) {
      files.addAll(classOf(label));
    }
    return new Found(files, loose());
  }

  private List<LabelledFile> classOf(Path label) throws DatasetException {
    List<Path> sounds = SoundFiles.below(label);
    if (sounds.isEmpty()) {
      throw new DatasetException(
          label
              + ": a folder of a class without sound files; allowed are wav, aif, aiff, au, ogg,"
              + " mp3 and flac");
    }
    String name = SoundFiles.name(label);
    List<String> labels =
        name.equals(Label.BACKGROUND)
            ? List.of()
            : List.of(Label.checked(name, folder + ": a folder's name"));
    return sounds.stream().map(file -> unplaced(file, labels)).toList();
  }

  private LabelledFile unplaced(Path file, List<String> labels) {
    return new LabelledFile(file, RelativeName.of(folder, file), labels, 0, "");
  }

  private List<String> loose() throws DatasetException {
    long count =
        SoundFiles.entries(folder).stream()
            .filter(Files::isRegularFile)
            .filter(SoundFiles::isSound)
            .count();
    return count == 0
        ? List.of()
        : List.of(
            "Passed over: %d sound files in %s itself, in no class's folder"
                .formatted(count, folder));
  }
}
