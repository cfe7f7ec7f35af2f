package io.earshot.models.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All sound files of a folder, whatever is heard in them.
 *
 * <pre>{@code
 * List<LabelledFile> files = UnlabelledFiles.in(Path.of("recordings"), 5);
 * }</pre>
 */
public final class UnlabelledFiles {
  private UnlabelledFiles() {}

  /**
   * Lists them, also in folders below. Each folder is divided among all folds, and neighbours in it
   * share one: parts of one recording are mostly named alike.
   *
   * @param folds of about the same number of files
   * @throws DatasetException there is no such folder, or it has fewer sound files than folds
   */
  public static List<LabelledFile> in(Path folder, int folds) throws DatasetException {
    if (!Files.isDirectory(folder)) {
      throw new DatasetException(folder + ": no such folder");
    }
    List<Path> sounds = SoundFiles.below(folder).stream().sorted().toList();
    if (sounds.size() < folds) {
      throw new DatasetException(
          "%s: %d sound files, at least %d are needed".formatted(folder, sounds.size(), folds));
    }
    Map<Path, Double> places = places(sounds);
    List<Path> ordered = sounds.stream().sorted(Comparator.comparing(places::get)).toList();
    List<LabelledFile> files = new ArrayList<>();
    for (Path sound : ordered) {
      String name = RelativeName.of(folder, sound);
      int fold = 1 + (int) ((long) files.size() * folds / ordered.size());
      files.add(new LabelledFile(sound, name, List.of(), fold, name));
    }
    return files;
  }

  /** Where in its own folder each file is: 0 for the first, almost 1 for the last. */
  private static Map<Path, Double> places(List<Path> sounds) {
    Map<Path, List<Path>> folders = sounds.stream().collect(Collectors.groupingBy(Path::getParent));
    Map<Path, Double> places = new HashMap<>();
    for (List<Path> neighbours : folders.values()) {
      for (int i = 0; i < neighbours.size(); i++) {
        places.put(neighbours.get(i), (double) i / neighbours.size());
      }
    }
    return places;
  }
}
