package io.earshot.detector.metrics;

import io.earshot.models.pack.ScoreDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far a label's live scores have moved away from those of known clips: the population stability
 * index over the scores that reach the model's threshold,
 *
 * <pre>
 * PSI = sum over groups of (live - known) x ln(live / known)
 * </pre>
 *
 * <p>with the share of the scores that each group has. The groups are of about a fifth of the known
 * scores each; half a score is added to every count, so that no share is 0. The live scores are the
 * last ones, however long they took to come: each newer one makes the older weigh a 500th less.
 *
 * <p>Rules of thumb (Siddiqi, "Credit Risk Scorecards", 2006): below 0.1 nothing has changed, above
 * 0.25 much has. Chance alone gives about (groups - 1) x (1 / live + 1 / known) (Yurdakul and
 * Naranjo, "Statistical properties of the population stability index", 2020), which is why nothing
 * is told before 100 live scores, or of a label with fewer than 50 known ones. That holds of scores
 * that do not depend on each other: see {@link MinuteScores}. Nothing is told, either, when the
 * newest score is of yesterday: what there was to see of it has been seen.
 *
 * <p>Pure: the time comes in, milliseconds of one clock. Methods may be called by any thread.
 */
final class LabelDrift {
  private static final int GROUPS = 5;
  private static final int LEAST_KNOWN = 50;
  private static final int LEAST_LIVE = 100;
  private static final double MEMORY = 500;
  private static final double FADE = 1 - 1 / MEMORY;
  private static final double HALF = 0.5;
  private static final long TOLD_MILLIS = Duration.ofDays(1).toMillis();

  private final float threshold;

  /** Where each group but the first begins. */
  private final float[] edges;

  private final double[] known;
  private final double[] live;
  private long heard;
  private long heardMillis;

  private LabelDrift(float threshold, List<Float> edges, List<Integer> counts) {
    this.threshold = threshold;
    this.edges = new float[edges.size()];
    for (int i = 0; i < this.edges.length; i++) {
      this.edges[i] = edges.get(i);
    }
    this.known = shares(counts.stream().mapToDouble(count -> count).toArray());
    this.live = new double[known.length];
  }

  /**
   * The drift of a label.
   *
   * @return null if its known scores are too few, or too much alike to be put into two groups
   */
  static LabelDrift of(ScoreDistribution distribution, String label, float threshold) {
    int total = distribution.reaching(label, threshold);
    if (total < LEAST_KNOWN) {
      return null;
    }
    int[] counts = distribution.counts(label);
    List<Float> edges = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    int left = total;
    int group = 0;
    for (int bin = ScoreDistribution.bin(threshold); bin < counts.length; bin++) {
      group += counts[bin];
      boolean enough = group >= total / GROUPS && left - group >= total / (2 * GROUPS);
      if (enough) {
        groups.add(group);
        edges.add((bin + 1) / (float) ScoreDistribution.BINS);
        left -= group;
        group = 0;
      }
    }
    groups.add(left);
    return edges.isEmpty() ? null : new LabelDrift(threshold, edges, groups);
  }

  /** Whether a segment's score counts at all. */
  boolean reaches(float score) {
    return score >= threshold;
  }

  /** Takes a score into account that reaches the threshold. */
  synchronized void add(float score, long nowMillis) {
    int group = 0;
    while (group < edges.length && score >= edges[group]) {
      group++;
    }
    for (int i = 0; i < live.length; i++) {
      live[i] *= FADE;
    }
    live[group]++;
    heard++;
    heardMillis = nowMillis;
  }

  /** The index; empty while too little was heard, or nothing new for a day. */
  synchronized OptionalDouble index(long nowMillis) {
    if (heard < LEAST_LIVE || nowMillis - heardMillis >= TOLD_MILLIS) {
      return OptionalDouble.empty();
    }
    double[] now = shares(live);
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      sum += (now[i] - known[i]) * Math.log(now[i] / known[i]);
    }
    return OptionalDouble.of(sum);
  }

  private static double[] shares(double[] counts) {
    double total = 0;
    for (double count : counts) {
      total += count + HALF;
    }
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = (counts[i] + HALF) / total;
    }
    return shares;
  }
}
