package io.earshot.models.evaluate.sed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The truth and what was estimated, of the same recordings.
 *
 * <pre>{@code
 * EventListPair pair = EventListPair.read(Path.of("reference.txt"), Path.of("estimated.txt"));
 * Metrics metrics = EventBasedMetrics.onsetAndOffset(0.2, 0.5).measure(pair);
 * double f1 = metrics.overall().fMeasure();
 * }</pre>
 */
public record EventListPair(EventList reference, EventList estimated) {
  /**
   * Reads both. Where one list names no recording and the other one only, they are taken for the
   * same.
   *
   * @throws EventListException a list cannot be read, or they have no recording in common
   */
  public static EventListPair read(Path reference, Path estimated) throws EventListException {
    EventListPair pair = new EventListPair(EventList.read(reference), EventList.read(estimated));
    if (pair.isEmpty() || !Collections.disjoint(pair.reference.files(), pair.estimated.files())) {
      return pair;
    }
    if (pair.isOneRecording()) {
      return new EventListPair(unnamed(pair.reference), unnamed(pair.estimated));
    }
    throw new EventListException(
        "%s and %s have no recording in common: %s and %s"
            .formatted(reference, estimated, example(pair.reference), example(pair.estimated)));
  }

  /** Every label of either list. */
  public SortedSet<String> labels() {
    return both(reference.labels(), estimated.labels());
  }

  /** Every recording of either list. */
  public SortedSet<String> files() {
    return both(reference.files(), estimated.files());
  }

  /** One pair for each recording: an event is only ever compared with those of its own. */
  List<EventListPair> byFile() {
    List<EventListPair> pairs = new ArrayList<>();
    files().forEach(file -> pairs.add(new EventListPair(reference.of(file), estimated.of(file))));
    return pairs;
  }

  private boolean isEmpty() {
    return reference.events().isEmpty() || estimated.events().isEmpty();
  }

  private boolean isOneRecording() {
    return files().size() == 2 && files().first().isEmpty();
  }

  private static EventList unnamed(EventList list) {
    return new EventList(
        list.events().stream()
            .map(it -> new SoundEvent("", it.onset(), it.offset(), it.label()))
            .toList());
  }

  private static String example(EventList list) {
    String file = list.files().first();
    return file.isEmpty() ? "no file name" : "\"" + file + "\"";
  }

  private static SortedSet<String> both(SortedSet<String> some, SortedSet<String> others) {
    SortedSet<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }
}
