package io.earshot.models.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
   * Lists them, also in folders below, sorted. Neighbours share a fold: parts of one recording are
   * mostly named alike.
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
    List<LabelledFile> files = new ArrayList<>();
    for (Path sound : sounds) {
      String name = RelativeName.of(folder, sound);
      int fold = 1 + (int) ((long) files.size() * folds / sounds.size());
      files.add(new LabelledFile(sound, name, List.of(), fold, name));
    }
    return files;
  }
}
