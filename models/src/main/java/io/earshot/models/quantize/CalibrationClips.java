package io.earshot.models.quantize;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.DatasetOptions;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.dataset.UnlabelledFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The clips that ranges are taken from, and those that both networks are compared on.
 *
 * <pre>{@code
 * CalibrationClips clips = CalibrationClips.in(Path.of("recordings"));
 * List<LabelledFile> unheard = clips.heldOut();
 * }</pre>
 *
 * <p>The lowest fold of a data set is held out, so that no recording is on both sides; of files
 * without labels, a fifth of each folder. Immutable.
 */
public final class CalibrationClips {
  private static final int FOLDS = 5;
  private static final int LEAST = 10;
  private static final int MOST = 1000;

  private final List<LabelledFile> files;
  private final List<String> labels;
  private final Optional<String> note;
  private final int heldOut;

  private CalibrationClips(List<LabelledFile> files, List<String> labels, Optional<String> note) {
    this.files = Evenly.of(files, MOST);
    this.labels = labels;
    this.note = note;
    this.heldOut = this.files.stream().mapToInt(LabelledFile::fold).min().orElseThrow();
  }

  /**
   * Lists the sound files in a folder: as a data set if it is one with folds, else as they are. Of
   * more than a thousand, a thousand are taken evenly.
   *
   * @throws DatasetException there is no such folder, or there are fewer than 10 sound files in it
   */
  public static CalibrationClips in(Path folder) throws DatasetException {
    if (!Files.isDirectory(folder)) {
      throw new DatasetException(folder + ": no such folder");
    }
    CalibrationClips clips = listed(folder);
    if (clips.files.size() < LEAST) {
      throw new DatasetException(
          "%s: %d sound files, at least %d are needed"
              .formatted(folder, clips.files.size(), LEAST));
    }
    return clips;
  }

  private static CalibrationClips listed(Path folder) throws DatasetException {
    try {
      Dataset dataset = Dataset.list(folder, DatasetOptions.standard());
      List<LabelledFile> files = new ArrayList<>(dataset.files());
      files.addAll(dataset.background());
      files.sort(Comparator.comparing(LabelledFile::name));
      if (files.stream().mapToInt(LabelledFile::fold).distinct().count() > 1) {
        return new CalibrationClips(files, dataset.labels(), Optional.empty());
      }
      return unlabelled(folder, folder + ": all clips are of one fold");
    } catch (DatasetException e) {
      return unlabelled(folder, e.getMessage());
    }
  }

  private static CalibrationClips unlabelled(Path folder, String why) throws DatasetException {
    UnlabelledFiles.in(folder, LEAST); // Refuses fewer.
    return new CalibrationClips(UnlabelledFiles.in(folder, FOLDS), List.of(), Optional.of(why));
  }

  /** Why the clips are used without labels, if they are. */
  public Optional<String> note() {
    return note;
  }

  /** The classes of the clips, sorted; none if they have no labels. */
  public List<String> labels() {
    return labels;
  }

  /** What the ranges are taken from. */
  public List<LabelledFile> calibration() {
    return files.stream().filter(file -> !isHeldOut(file)).toList();
  }

  /** What the networks are compared on. */
  public List<LabelledFile> heldOut() {
    return files.stream().filter(this::isHeldOut).toList();
  }

  List<LabelledFile> all() {
    return files;
  }

  boolean isHeldOut(LabelledFile file) {
    return file.fold() == heldOut;
  }
}
