package io.earshot.models.evaluate;

import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluation for people and programs: {@code report.md}, {@code report.json} and pictures.
 *
 * <pre>{@code
 * ClipReport report = new ClipReport("doorbells", evaluation, settings, notes, skipped);
 * List<Path> written = report.write(directory, name -> samplesOf(name));
 * report.summary().forEach(System.out::println);
 * }</pre>
 *
 * <p>The pictures are {@code confusion.png}, {@code precision-recall.png}, {@code scores.png} and
 * {@code mistake-1.png} to at most 6. All names are fit for a model package's folder.
 *
 * @param title the package's name
 * @param settings what the model was made with, in this order
 * @param notes sentences for the reader
 * @param skipped names of clips that could not be judged, and why
 */
public record ClipReport(
    String title,
    ClipEvaluation evaluation,
    Map<String, String> settings,
    List<String> notes,
    Map<String, String> skipped) {
  static final String MARKDOWN = "report.md";
  static final String JSON = "report.json";

  public ClipReport {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    notes = List.copyOf(notes);
    skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
  }

  /**
   * Writes the report into an existing directory, over what an earlier one left there. Where this
   * Java cannot draw, or a clip cannot be read again, a note says which pictures are missing.
   *
   * @return the files, {@code report.md} first
   * @throws IOException if a file cannot be written
   */
  public List<Path> write(Path directory, WorstMistakes.Sounds sounds) throws IOException {
    return write(directory, sounds, new Charts());
  }

  List<Path> write(Path directory, WorstMistakes.Sounds sounds, Pictures pictures)
      throws IOException {
    List<String> allNotes = new ArrayList<>(notes);
    deletePictures(directory);
    List<Path> drawn = draw(directory, sounds, pictures, allNotes);
    ClipReport report = new ClipReport(title, evaluation, settings, allNotes, skipped);
    List<Path> written = new ArrayList<>();
    written.add(directory.resolve(MARKDOWN));
    written.add(directory.resolve(JSON));
    List<String> names = drawn.stream().map(file -> file.getFileName().toString()).toList();
    Files.writeString(written.get(0), new ReportMarkdown(report, names).text());
    Files.writeString(written.get(1), report.json());
    written.addAll(drawn);
    return written;
  }

  /** A Java without fonts throws almost anything, from NullPointerException to InternalError. */
  private List<Path> draw(
      Path directory, WorstMistakes.Sounds sounds, Pictures pictures, List<String> allNotes)
      throws IOException {
    try {
      return pictures.draw(evaluation, directory, sounds, allNotes);
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      deletePictures(directory);
      allNotes.add(
          "There are no pictures, as this Java could not draw them (%s). ".formatted(cause(e))
              + "If it has no fonts, on Debian: apt-get install fontconfig fonts-dejavu-core.");
      return List.of();
    }
  }

  /** The first one says what is wrong; the last one may be a reflective call that failed. */
  private static Throwable cause(Throwable e) {
    return e.getCause() == null ? e : cause(e.getCause());
  }

  private static void deletePictures(Path directory) throws IOException {
    for (String name : Pictures.names()) {
      Files.deleteIfExists(directory.resolve(name));
    }
  }

  /** What {@code report.json} holds. */
  public String json() {
    return ReportJson.text(this);
  }

  /** For the terminal: accuracy, a table of the classes, the most frequent confusions. */
  public List<String> summary() {
    return ReportSummary.lines(evaluation);
  }
}
