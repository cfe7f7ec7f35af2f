package io.earshot.models.evaluate.sed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Events that are right as a whole: the label, the onset within a collar and, if asked for, the
 * offset within the collar or a share of the true event's length, whichever is wider.
 *
 * <pre>{@code
 * Metrics strict = EventBasedMetrics.onsetAndOffset(0.2, 0.5).measure(pair);
 * Metrics onsets = EventBasedMetrics.onsetOnly(0.2).measure(pair);
 * double f1 = strict.overall().fMeasure();
 * }</pre>
 *
 * <p>Each true event, in the order of its list, takes the first estimated one that fits and is not
 * taken: sed_eval's greedy matching, not its optimal one. Of what is left over, pairs that fit but
 * for their label are substitutions.
 */
public final class EventBasedMetrics {
  private final double collar;
  private final double percentageOfLength;
  private final boolean offsets;

  private EventBasedMetrics(double collar, double percentageOfLength, boolean offsets) {
    if (!(collar > 0 && Double.isFinite(collar))) {
      throw new IllegalArgumentException("a collar must be above 0 s: " + collar);
    }
    if (!(percentageOfLength >= 0 && percentageOfLength <= 1)) {
      throw new IllegalArgumentException(
          "the share of the length must be 0 to 1: " + percentageOfLength);
    }
    this.collar = collar;
    this.percentageOfLength = percentageOfLength;
    this.offsets = offsets;
  }

  /**
   * Onsets and offsets must be right.
   *
   * @param collarSeconds how far an onset, and an offset, may be off; above 0
   * @param percentageOfLength how far an offset may be off instead, as a share of the true event's
   *     length, 0 to 1
   */
  public static EventBasedMetrics onsetAndOffset(double collarSeconds, double percentageOfLength) {
    return new EventBasedMetrics(collarSeconds, percentageOfLength, true);
  }

  /**
   * Onsets must be right, offsets may be anything.
   *
   * @param collarSeconds how far an onset may be off; above 0
   */
  public static EventBasedMetrics onsetOnly(double collarSeconds) {
    return new EventBasedMetrics(collarSeconds, 0, false);
  }

  /** Compares recording by recording and sums up. */
  public Metrics measure(EventListPair pair) {
    Metrics sum = Metrics.none(pair.labels());
    for (EventListPair ofOne : pair.byFile()) {
      sum = sum.plus(measureOne(ofOne.reference().events(), ofOne.estimated().events()));
    }
    return sum;
  }

  private Metrics measureOne(List<SoundEvent> reference, List<SoundEvent> estimated) {
    boolean[] taken = new boolean[estimated.size()];
    boolean[] found = new boolean[reference.size()];
    Map<String, Long> correct = new HashMap<>();
    match(reference, estimated, found, taken, this::isCorrect)
        .forEach(event -> correct.merge(event.label(), 1L, Long::sum));
    long substitutions = match(reference, estimated, found, taken, this::isInTime).size();
    long all = correct.values().stream().mapToLong(Long::longValue).sum();
    Counts overall =
        new Counts(
            reference.size(),
            estimated.size(),
            all,
            substitutions,
            reference.size() - all - substitutions,
            estimated.size() - all - substitutions);
    return new Metrics(overall, classWise(reference, estimated, correct));
  }

  /** The true events that found a partner; what is found and taken is not asked again. */
  private static List<SoundEvent> match(
      List<SoundEvent> reference,
      List<SoundEvent> estimated,
      boolean[] found,
      boolean[] taken,
      BiPredicate<SoundEvent, SoundEvent> fits) {
    List<SoundEvent> matched = new ArrayList<>();
    for (int j = 0; j < found.length; j++) {
      for (int i = 0; i < taken.length && !found[j]; i++) {
        if (!taken[i] && fits.test(reference.get(j), estimated.get(i))) {
          found[j] = true;
          taken[i] = true;
          matched.add(reference.get(j));
        }
      }
    }
    return matched;
  }

  private static SortedMap<String, Counts> classWise(
      List<SoundEvent> reference, List<SoundEvent> estimated, Map<String, Long> correct) {
    Map<String, Long> truth = count(reference);
    Map<String, Long> heard = count(estimated);
    SortedMap<String, Counts> counts = new TreeMap<>();
    for (Map<String, Long> labels : List.of(truth, heard)) {
      for (String label : labels.keySet()) {
        long right = correct.getOrDefault(label, 0L);
        counts.put(
            label,
            Counts.ofLabel(truth.getOrDefault(label, 0L), heard.getOrDefault(label, 0L), right));
      }
    }
    return counts;
  }

  private static Map<String, Long> count(List<SoundEvent> events) {
    return events.stream().collect(Collectors.groupingBy(SoundEvent::label, Collectors.counting()));
  }

  private boolean isCorrect(SoundEvent reference, SoundEvent estimated) {
    return reference.label().equals(estimated.label()) && isInTime(reference, estimated);
  }

  private boolean isInTime(SoundEvent reference, SoundEvent estimated) {
    return Math.abs(reference.onset() - estimated.onset()) <= collar
        && (!offsets
            || Math.abs(reference.offset() - estimated.offset())
                <= Math.max(collar, percentageOfLength * reference.length()));
  }
}
