package io.earshot.models.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A data set of a CSV that names the files, as those of UrbanSound8K and ESC-50. */
final class CsvFiles {

  private static final Pattern FOLD = Pattern.compile("[1-9][0-9]{0,3}");

  private final Path folder;
  private final Path csv;
  private final CsvColumns columns;
  private final boolean folds;
  private final CsvPlaces places;
  private final Map<Path, LabelledFile> files = new LinkedHashMap<>();
  private int notSound;

  /**
   * @param folder the data set's
   */
  CsvFiles(Path folder, Path csv) throws DatasetException {
    this.folder = folder;
    this.csv = csv;
    List<String> header = CsvRows.header(csv);
    this.columns =
        CsvColumns.of(header)
            .orElseThrow(() -> new DatasetException(csv + ": " + CsvColumns.missing(header)));
    this.folds = header.contains(CsvColumns.FOLD);
    this.places = new CsvPlaces(folder, csv);
  }

  Found read() throws DatasetException {
    for (CsvRows.Row row : CsvRows.read(csv)) {
      add(row);
    }
    List<String> notes =
        notSound == 0
            ? List.of()
            : List.of("Passed over: %d rows of %s with no sound file".formatted(notSound, csv));
    return new Found(List.copyOf(files.values()), notes);
  }

  private void add(CsvRows.Row row) throws DatasetException {
    String name = row.get(columns.file());
    if (name.isEmpty()) {
      throw wrong(row, "no " + columns.file());
    }
    LabelledFile file = file(row, name);
    if (!SoundFiles.isSound(file.file())) {
      notSound++;
      return;
    }
    LabelledFile before = files.get(file.file());
    files.put(file.file(), before == null ? file : joined(row, before, file));
  }

  private LabelledFile file(CsvRows.Row row, String name) throws DatasetException {
    List<String> labels = labels(row);
    int fold = fold(row, labels.isEmpty());
    Path file =
        places
            .find(name, fold)
            .orElseThrow(() -> wrong(row, "the file " + name + " is in none of " + places));
    return new LabelledFile(file, RelativeName.of(folder, file), labels, fold, recording(row));
  }

  private List<String> labels(CsvRows.Row row) throws DatasetException {
    SortedSet<String> labels = new TreeSet<>();
    for (String label : Arrays.asList(row.get(columns.label()).split("[;|]", -1))) {
      labels.add(Label.checked(label.strip(), place(row)));
    }
    boolean background = labels.remove(Label.BACKGROUND);
    if (background && !labels.isEmpty()) {
      throw alsoBackground(row);
    }
    return List.copyOf(labels);
  }

  private int fold(CsvRows.Row row, boolean background) throws DatasetException {
    String fold = row.get(CsvColumns.FOLD);
    if (!folds || (background && fold.isEmpty())) {
      return 0;
    }
    if (!FOLD.matcher(fold).matches()) {
      throw wrong(row, "fold \"%s\" is not a whole number from 1 to 9999".formatted(fold));
    }
    return Integer.parseInt(fold);
  }

  private static String recording(CsvRows.Row row) {
    return CsvColumns.RECORDING.stream()
        .map(row::get)
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** A file of several rows has the labels of all. */
  private LabelledFile joined(CsvRows.Row row, LabelledFile one, LabelledFile other)
      throws DatasetException {
    if (one.fold() != other.fold()) {
      throw wrong(
          row,
          "%s is in fold %d, but in fold %d of a row above; a file is in one fold"
              .formatted(one.name(), other.fold(), one.fold()));
    }
    if (one.isBackground() != other.isBackground()) {
      throw alsoBackground(row);
    }
    SortedSet<String> labels = new TreeSet<>(one.labels());
    labels.addAll(other.labels());
    return new LabelledFile(
        one.file(), one.name(), new ArrayList<>(labels), one.fold(), one.recording());
  }

  private DatasetException alsoBackground(CsvRows.Row row) {
    return wrong(
        row,
        row.get(columns.file()) + " is of background and of a class; background has no classes");
  }

  private DatasetException wrong(CsvRows.Row row, String what) {
    return new DatasetException(place(row) + ": " + what);
  }

  private String place(CsvRows.Row row) {
    return csv + ", line " + row.line();
  }
}
