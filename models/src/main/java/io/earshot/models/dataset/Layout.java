package io.earshot.models.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which of the known forms a data set has. */
final class Layout {

  private static final Set<String> CSV_FOLDERS = Set.of("meta", "metadata");

  private static final String FORMS =
      "allowed are a folder per class with sound files in them, or a CSV with columns "
          + CsvColumns.ALLOWED;

  private Layout() {}

  /** All files of the data set. */
  static Found read(Path data) throws DatasetException {
    if (Files.isRegularFile(data) && isCsv(data)) {
      return new CsvFiles(folderOf(data), data).read();
    }
    if (!Files.isDirectory(data)) {
      String what = Files.exists(data) ? ": neither a folder nor a CSV; " : ": no such folder; ";
      throw new DatasetException(data + what + FORMS);
    }
    List<Path> csvs = csvs(data);
    Optional<Path> csv = theCsv(data, csvs);
    return csv.isPresent() ? new CsvFiles(data, csv.get()).read() : folders(data, csvs);
  }

  /** A CSV in a folder meta or metadata is of the folder above. */
  private static Path folderOf(Path csv) {
    Path beside = csv.toAbsolutePath().normalize().getParent();
    boolean meta = CSV_FOLDERS.contains(SoundFiles.name(beside)) && beside.getParent() != null;
    return meta ? beside.getParent() : beside;
  }

  private static Optional<Path> theCsv(Path data, List<Path> csvs) throws DatasetException {
    List<Path> matching = new ArrayList<>();
    for (Path csv : csvs) {
      if (CsvColumns.of(headerOrNone(csv)).isPresent()) {
        matching.add(csv);
      }
    }
    if (matching.size() > 1) {
      throw new DatasetException(
          data
              + ": more than one CSV names files and classes: "
              + matching.stream().map(Path::toString).collect(Collectors.joining(", "))
              + "; give the one that is meant instead of the folder");
    }
    return matching.stream().findFirst();
  }

  /** A CSV that misses a column may be of another matter, if there are folders of classes. */
  private static Found folders(Path data, List<Path> csvs) throws DatasetException {
    ClassFolders classes = new ClassFolders(data);
    int withSound = classes.withSound();
    for (Path csv : withSound < 2 ? csvs : List.<Path>of()) {
      List<String> header = CsvRows.header(csv);
      if (withSound == 0 || CsvColumns.halfOf(header).isPresent()) {
        throw new DatasetException(csv + ": " + CsvColumns.missing(header));
      }
    }
    if (withSound == 0) {
      throw new DatasetException(data + ": neither folders of classes nor a CSV; " + FORMS);
    }
    return classes.read();
  }

  private static List<Path> csvs(Path data) throws DatasetException {
    List<Path> csvs = new ArrayList<>();
    for (Path entry : SoundFiles.entries(data)) {
      if (Files.isRegularFile(entry) && isCsv(entry)) {
        csvs.add(entry);
      } else if (Files.isDirectory(entry) && CSV_FOLDERS.contains(SoundFiles.name(entry))) {
        SoundFiles.entries(entry).stream()
            .filter(file -> Files.isRegularFile(file) && isCsv(file))
            .forEach(csvs::add);
      }
    }
    return csvs;
  }

  /** A CSV that cannot be read is none of ours until it is the only thing there. */
  private static List<String> headerOrNone(Path csv) {
    try {
      return CsvRows.header(csv);
    } catch (DatasetException e) {
      return List.of();
    }
  }

  private static boolean isCsv(Path file) {
    return SoundFiles.name(file).matches("(?i).*\\.csv");
  }
}
