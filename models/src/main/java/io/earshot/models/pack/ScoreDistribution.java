package io.earshot.models.pack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How sure a model was of what it heard in clips of which the label is known: for each label a
 * histogram of the scores that it gave the label in segments of the label's own clips.
 *
 * <pre>{@code
 * ScoreDistribution.Builder heard = new ScoreDistribution.Builder();
 * heard.add("dog_bark", 0.93f);
 * ScoreDistribution distribution = heard.build();
 * int[] counts = distribution.counts("dog_bark"); // counts[930] == 1
 * }</pre>
 *
 * <p>In a package it is {@code distribution.csv}: lines of {@code from,scores,label}, where {@code
 * scores} so many scores were from {@code from} up to 0.001 above it. Bins without a score are left
 * out. A live stream's scores are compared with it. Immutable.
 */
public final class ScoreDistribution {
  /** Bins of a histogram, each 0.001 wide; 1 itself is in the last one. */
  public static final int BINS = 1000;

  /** Of floats: 0.6 belongs to the bin that begins there. */
  private static final double ROUNDING = 1e-3;

  private static final String HEADER = "from,scores,label";

  private final SortedMap<String, int[]> counts;

  private ScoreDistribution(SortedMap<String, int[]> counts) {
    this.counts = counts;
  }

  /** Counts scores. Not for several threads. */
  public static final class Builder {
    private final SortedMap<String, int[]> counts = new TreeMap<>();

    /**
     * Counts one score.
     *
     * @param score 0 to 1
     */
    public Builder add(String label, float score) {
      counts.computeIfAbsent(label, it -> new int[BINS])[bin(score)]++;
      return this;
    }

    /** Takes over the labels of another one that have no score here. */
    public Builder addMissing(ScoreDistribution other) {
      other.counts.forEach((label, scores) -> counts.putIfAbsent(label, scores.clone()));
      return this;
    }

    /** What was counted. */
    public ScoreDistribution build() {
      SortedMap<String, int[]> copy = new TreeMap<>();
      counts.forEach((label, scores) -> copy.put(label, scores.clone()));
      return new ScoreDistribution(copy);
    }
  }

  /** The bin that a score is counted in. */
  public static int bin(float score) {
    return Math.max(0, Math.min(BINS - 1, (int) Math.floor(score * (double) BINS + ROUNDING)));
  }

  /** Its labels, sorted. */
  public Iterable<String> labels() {
    return counts.keySet();
  }

  /** How many scores each bin of a label has; null if the label has none. */
  public int[] counts(String label) {
    int[] scores = counts.get(label);
    return scores == null ? null : scores.clone();
  }

  /** How many scores a label has. */
  public int total(String label) {
    return counts.containsKey(label) ? Arrays.stream(counts.get(label)).sum() : 0;
  }

  /** How many scores of a label are in the threshold's bin or above it. */
  public int reaching(String label, float threshold) {
    int[] scores = counts.get(label);
    return scores == null ? 0 : IntStream.range(bin(threshold), BINS).map(bin -> scores[bin]).sum();
  }

  String format() {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Map.Entry<String, int[]> label : counts.entrySet()) {
      for (int bin = 0; bin < BINS; bin++) {
        if (label.getValue()[bin] > 0) {
          csv.append(String.format(Locale.ROOT, "%.3f,%d,", bin / 1e3, label.getValue()[bin]));
          csv.append(LabelTable.quoted(label.getKey())).append('\n');
        }
      }
    }
    return csv.toString();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException the line that is wrong, and why
   */
  static ScoreDistribution parse(String csv) {
    SortedMap<String, int[]> counts = new TreeMap<>();
    int number = 0;
    for (String line : csv.lines().toList()) {
      number++;
      if (number == 1) {
        check(line.equals(HEADER), "the first line is not \"" + HEADER + "\"");
      } else {
        String[] parts = line.split(",", 3);
        check(parts.length == 3, "line %d is not %s".formatted(number, HEADER));
        String label = LabelTable.unquoted(parts[2], number, HEADER);
        int[] scores = counts.computeIfAbsent(label, it -> new int[BINS]);
        scores[bin(parts[0], number)] += count(parts[1], number);
      }
    }
    check(number > 0, "the first line is not \"" + HEADER + "\"");
    return new ScoreDistribution(counts);
  }

  private static int bin(String from, int line) {
    check(
        from.matches("0\\.[0-9]{3}"),
        "line %d: from is %s, allowed: 0.000 to 0.999".formatted(line, from));
    return Integer.parseInt(from.substring(2));
  }

  private static int count(String scores, int line) {
    check(
        scores.matches("[1-9][0-9]{0,8}"),
        "line %d: scores is %s, allowed: 1 to 999999999".formatted(line, scores));
    return Integer.parseInt(scores);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
