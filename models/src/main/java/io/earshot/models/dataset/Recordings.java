package io.earshot.models.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which clips were cut from one recording: the CSV, ESC-50's names and the user's pattern are
 * believed in this order; what any other name seems to say is believed only if every class then has
 * a recording for each fold.
 */
final class Recordings {

  private static final String NAMES_DO_NOT_TELL =
      "File names do not tell which clips are of one recording, so each counts as its own; if"
          + " several are cut from one, the numbers are too good: --recordings tells";

  private final Optional<Pattern> pattern;
  private final int folds;

  /**
   * @param folds how many recordings each class needs at least
   */
  Recordings(Optional<Pattern> pattern, int folds) {
    this.pattern = pattern;
    this.folds = folds;
  }

  /** Every file with its recording. */
  record Told(List<LabelledFile> labelled, List<LabelledFile> background, List<String> notes) {}

  /**
   * Refuses a pattern that fits nothing.
   *
   * @throws DatasetException if no file's name has it and one should
   */
  static void check(Found found, Pattern pattern) throws DatasetException {
    List<LabelledFile> files = untold(found.files());
    if (!files.isEmpty() && files.stream().noneMatch(file -> find(pattern, file).isPresent())) {
      throw new DatasetException(
          "--recordings %s: its group is found in no file's name, such as %s"
              .formatted(pattern, files.get(0).fileName()));
    }
  }

  /**
   * Every file with its recording.
   *
   * @param warns whether to note it if each file counts as a recording of its own
   */
  Told tell(Found found, boolean warns) {
    List<LabelledFile> labelled = found.labelled().stream().map(this::told).toList();
    List<LabelledFile> background = found.background().stream().map(this::told).toList();
    boolean believed = labelled.stream().noneMatch(Recordings::unknown) || namesTell(labelled);
    boolean alsoOfBackground = believed && recordings(guessed(background)).size() >= folds;
    List<String> notes = new ArrayList<>(patternNotes(found));
    if (!believed && warns) {
      notes.add(NAMES_DO_NOT_TELL);
    }
    return new Told(
        believed ? guessed(labelled) : own(labelled),
        alsoOfBackground ? guessed(background) : own(background),
        notes);
  }

  private LabelledFile told(LabelledFile file) {
    if (!unknown(file)) {
      return file;
    }
    Optional<String> esc = ClipName.escRecording(file);
    if (esc.isPresent() || pattern.isEmpty()) {
      return file.withRecording(esc.orElse(""));
    }
    return file.withRecording(find(pattern.get(), file).orElse(file.name()));
  }

  private boolean namesTell(List<LabelledFile> files) {
    List<LabelledFile> unknown = files.stream().filter(Recordings::unknown).toList();
    boolean shared = recordings(guessed(unknown)).size() < unknown.size();
    return shared
        && unknown.stream().anyMatch(ClipName::hasTake)
        && byLabel(guessed(files)).values().stream().allMatch(set -> set.size() >= folds);
  }

  private List<String> patternNotes(Found found) {
    if (pattern.isEmpty()) {
      return List.of();
    }
    List<LabelledFile> files = untold(found.files());
    long strangers = files.stream().filter(file -> find(pattern.get(), file).isEmpty()).count();
    return Stream.of(
            files.isEmpty() ? "--recordings is not used: the data tells the recordings" : "",
            strangers == 0
                ? ""
                : "--recordings is not found in the names of %d files; each counts as a recording of its own"
                    .formatted(strangers))
        .filter(note -> !note.isEmpty())
        .toList();
  }

  /** The recordings of each class. */
  static Map<String, Set<String>> byLabel(List<LabelledFile> files) {
    Map<String, Set<String>> recordings = new HashMap<>();
    for (LabelledFile file : files) {
      for (String label : file.labels()) {
        recordings.computeIfAbsent(label, key -> new HashSet<>()).add(file.recording());
      }
    }
    return recordings;
  }

  private static Set<String> recordings(List<LabelledFile> files) {
    Set<String> recordings = new HashSet<>();
    files.forEach(file -> recordings.add(file.recording()));
    return recordings;
  }

  private static List<LabelledFile> guessed(List<LabelledFile> files) {
    return files.stream()
        .map(file -> unknown(file) ? file.withRecording(ClipName.withoutTake(file)) : file)
        .toList();
  }

  private static List<LabelledFile> own(List<LabelledFile> files) {
    return files.stream()
        .map(file -> unknown(file) ? file.withRecording(file.name()) : file)
        .toList();
  }

  /** The files of which neither the CSV nor ESC-50's way of naming tells. */
  private static List<LabelledFile> untold(List<LabelledFile> files) {
    return files.stream()
        .filter(file -> unknown(file) && ClipName.escRecording(file).isEmpty())
        .toList();
  }

  private static boolean unknown(LabelledFile file) {
    return file.recording().isEmpty();
  }

  private static Optional<String> find(Pattern pattern, LabelledFile file) {
    Matcher matcher = pattern.matcher(file.fileName());
    return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
  }
}
