package io.earshot.models.evaluate.sed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which labels are active in which segment of time: a label is active in every segment that an
 * event of it touches.
 *
 * <pre>{@code
 * Metrics metrics = new SegmentBasedMetrics(1.0).measure(pair);
 * double f1 = metrics.overall().fMeasure();
 * double errors = metrics.overall().errorRate();
 * }</pre>
 *
 * <p>In each segment a wrong label beside a missed one is a substitution; what more there is of
 * either, a deletion or an insertion.
 */
public final class SegmentBasedMetrics {
  private final double seconds;

  /**
   * Segments of equal length from 0 on.
   *
   * @param seconds length of a segment, above 0; 1 is usual
   */
  public SegmentBasedMetrics(double seconds) {
    if (!(seconds > 0 && Double.isFinite(seconds))) {
      throw new IllegalArgumentException("a segment must be longer than 0 s: " + seconds);
    }
    this.seconds = seconds;
  }

  /** Compares recording by recording and sums up. */
  public Metrics measure(EventListPair pair) {
    Metrics sum = Metrics.none(pair.labels());
    for (EventListPair ofOne : pair.byFile()) {
      sum = sum.plus(measureOne(ofOne));
    }
    return sum;
  }

  private Metrics measureOne(EventListPair pair) {
    Map<String, Set<Long>> reference = roll(pair.reference());
    Map<String, Set<Long>> estimated = roll(pair.estimated());
    SortedMap<String, Counts> classWise = new TreeMap<>();
    Map<Long, Counts> segments = new HashMap<>();
    for (String label : pair.labels()) {
      Set<Long> truth = reference.getOrDefault(label, Set.of());
      Set<Long> heard = estimated.getOrDefault(label, Set.of());
      Set<Long> either = new HashSet<>(truth);
      either.addAll(heard);
      Counts ofLabel = Counts.ZERO;
      for (Long segment : either) {
        Counts here = cell(truth.contains(segment), heard.contains(segment));
        segments.merge(segment, here, Counts::plus);
        ofLabel = ofLabel.plus(here);
      }
      classWise.put(label, ofLabel);
    }
    Counts overall =
        segments.values().stream()
            .map(SegmentBasedMetrics::withSubstitutions)
            .reduce(Counts.ZERO, Counts::plus);
    return new Metrics(overall, classWise);
  }

  private static Counts cell(boolean truth, boolean heard) {
    return Counts.ofLabel(truth ? 1 : 0, heard ? 1 : 0, truth && heard ? 1 : 0);
  }

  /** Of one segment, with all its labels. */
  private static Counts withSubstitutions(Counts segment) {
    long substitutions = Math.min(segment.deletions(), segment.insertions());
    return new Counts(
        segment.reference(),
        segment.estimated(),
        segment.correct(),
        substitutions,
        segment.deletions() - substitutions,
        segment.insertions() - substitutions);
  }

  /** The numbers of each label's active segments. */
  private Map<String, Set<Long>> roll(EventList list) {
    Map<String, Set<Long>> roll = new HashMap<>();
    for (SoundEvent event : list.events()) {
      Set<Long> active = roll.computeIfAbsent(event.label(), label -> new HashSet<>());
      long end = (long) Math.ceil(event.offset() / seconds);
      for (long i = (long) Math.floor(event.onset() / seconds); i < end; i++) {
        active.add(i);
      }
    }
    return roll;
  }
}
