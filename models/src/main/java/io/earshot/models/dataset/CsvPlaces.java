package io.earshot.models.dataset;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the files lie that a CSV names. */
final class CsvPlaces {

  private final List<Path> plain;
  private final Path audio;
  private final List<Path> foldFolders;

  CsvPlaces(Path folder, Path csv) throws DatasetException {
    this.audio = folder.resolve("audio");
    this.plain =
        Stream.of(folder, csv.toAbsolutePath().getParent(), audio)
            .filter(Files::isDirectory)
            .toList();
    this.foldFolders =
        Files.isDirectory(audio)
            ? SoundFiles.entries(audio).stream().filter(CsvPlaces::isFold).toList()
            : List.of();
  }

  /**
   * The file of that name.
   *
   * @param fold 0 for unknown, then every fold's folder is looked into
   */
  Optional<Path> find(String name, int fold) {
    List<Path> folders = new ArrayList<>(plain);
    folders.addAll(fold > 0 ? List.of(audio.resolve("fold" + fold)) : foldFolders);
    try {
      return folders.stream()
          .map(folder -> folder.resolve(name))
          .filter(Files::isRegularFile)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isFold(Path folder) {
    return Files.isDirectory(folder) && SoundFiles.name(folder).matches("fold[0-9]+");
  }

  /** For messages. */
  @Override
  public String toString() {
    return String.join(", ", plain.stream().map(Path::toString).distinct().toList())
        + (foldFolders.isEmpty() ? "" : ", " + audio.resolve("foldN"));
  }
}
