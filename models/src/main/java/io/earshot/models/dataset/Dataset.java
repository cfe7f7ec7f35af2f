package io.earshot.models.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Labelled sound files in folds, none of them opened yet.
 *
 * <pre>{@code
 * Dataset dataset = Dataset.read(Path.of("ESC-50"), DatasetOptions.standard());
 * Dataset readable = dataset.without(unreadable);
 * readable.check();
 * }</pre>
 *
 * <p>Three forms are known: a folder per class; a CSV as UrbanSound8K's; a CSV as ESC-50's (J.
 * Salamon, C. Jacoby, J. P. Bello, "A Dataset and Taxonomy for Urban Sound Research", 2014; K. J.
 * Piczak, "ESC: Dataset for Environmental Sound Classification", 2015). Every file has a fold of 1
 * and up; unless the data's own folds do otherwise, and a note says so, clips of one recording
 * share a fold. Immutable.
 */
public final class Dataset {

  private final Path data;
  private final DatasetOptions options;
  private final List<String> labels;
  private final Found found;
  private final Folds.Placed placed;

  private Dataset(Path data, DatasetOptions options, List<String> labels, Found found) {
    this.data = data;
    this.options = options;
    this.labels = labels;
    this.found = found;
    this.placed = Folds.place(found, options);
  }

  /**
   * Lists and checks a data set.
   *
   * @param data its folder, or its CSV
   * @throws DatasetException if it is of no known form or {@link #check} refuses it
   */
  public static Dataset read(Path data, DatasetOptions options) throws DatasetException {
    Dataset dataset = list(data, options);
    dataset.check();
    return dataset;
  }

  /**
   * Lists a data set of any size: nothing is to be learnt from it.
   *
   * @throws DatasetException if it is of no known form
   */
  public static Dataset list(Path data, DatasetOptions options) throws DatasetException {
    Found found = Layout.read(data);
    Dataset dataset = new Dataset(data, options, found.labels(), found);
    if (options.recordings().isPresent()) {
      Recordings.check(found, options.recordings().get());
    }
    return dataset;
  }

  /** The classes, sorted; background is none. */
  public List<String> labels() {
    return labels;
  }

  /** The files that are of a class, sorted by name. */
  public List<LabelledFile> files() {
    return placed.labelled();
  }

  /** The files that are of no class, sorted by name. */
  public List<LabelledFile> background() {
    return placed.background();
  }

  /** Whether the data has no folds of its own, so that they were dealt. */
  public boolean hasDealtFolds() {
    return placed.dealt();
  }

  /** What a reader of the numbers should know, in sentences. */
  public List<String> notes() {
    return Stream.concat(placed.notes().stream(), passedOver().stream()).toList();
  }

  /** What of the data is no part of the data set, in sentences; some of the {@link #notes}. */
  public List<String> passedOver() {
    return found.notes();
  }

  /**
   * The same without some files. The labels stay, even one that has no file left, which {@link
   * #check} then names. Folds of the CSV stay; all others are found anew.
   *
   * @param files as in {@link LabelledFile#file}
   */
  public Dataset without(Set<Path> files) {
    return new Dataset(data, options, labels, found.without(files));
  }

  /**
   * The same with files of one content as one, which has the labels of all of them. Folds are found
   * anew as in {@link #without}.
   *
   * @param copies name of each file that is left out, and of the one that stays for it
   */
  public Dataset merged(Map<String, String> copies) {
    return new Dataset(data, options, labels, found.merged(copies));
  }

  /**
   * Refuses what cannot be learnt from or judged by.
   *
   * @throws DatasetException if there are fewer than two classes, or a class has fewer than five
   *     clips or is missing in a fold
   */
  public void check() throws DatasetException {
    try {
      DatasetCheck.check(labels, placed);
    } catch (DatasetException e) {
      throw new DatasetException(data + ": " + e.getMessage(), e);
    }
  }
}
