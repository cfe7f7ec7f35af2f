package io.earshot.detector.metrics;

import java.util.SplittableRandom;

/**
 * What one stream has to say of the drift of each label: one score a minute, drawn by lot from
 * those that reach the threshold, which are all as likely. Neighbouring segments of one sound are
 * much alike, and would count it many times.
 *
 * <p>Minutes are those of the capture clock, and begin with a score. Any number of threads;
 * allocates nothing.
 */
final class MinuteScores {
  private static final long MINUTE_MILLIS = 60_000;

  private final LabelDrift[] drifts;
  private final SplittableRandom lots = new SplittableRandom(1);

  /** By label: when its minute began, how many scores it has had since, and which was drawn. */
  private final long[] begunMillis;

  private final int[] heard;
  private final float[] drawn;

  /**
   * Of a stream that has no scores yet.
   *
   * @param drifts by the label's index; null where the label has no drift
   */
  MinuteScores(LabelDrift[] drifts) {
    this.drifts = drifts;
    begunMillis = new long[drifts.length];
    heard = new int[drifts.length];
    drawn = new float[drifts.length];
  }

  /**
   * Takes a segment's scores into account.
   *
   * @param startMillis of the capture clock
   * @param nowMillis of a clock that nobody sets
   */
  synchronized void add(float[] scores, long startMillis, long nowMillis) {
    for (int label = 0; label < drifts.length; label++) {
      if (drifts[label] != null) {
        boolean over = Math.abs(startMillis - begunMillis[label]) >= MINUTE_MILLIS;
        if (heard[label] > 0 && over) {
          drifts[label].add(drawn[label], nowMillis);
          heard[label] = 0;
        }
        draw(label, scores[label], startMillis);
      }
    }
  }

  private void draw(int label, float score, long startMillis) {
    if (drifts[label].reaches(score)) {
      if (heard[label] == 0) {
        begunMillis[label] = startMillis;
      }
      heard[label]++;
      if (lots.nextInt(heard[label]) == 0) {
        drawn[label] = score;
      }
    }
  }
}
