package io.earshot.models.evaluate;

import java.util.List;

/**
 * Expected calibration error: the mean distance of score and share of hits in ten bins, weighted by
 * how full each is (Guo et al., On Calibration of Modern Neural Networks, ICML 2017).
 *
 * <p>A clip's label is true of its segments within 20 dB of the loudest; the others are left out,
 * as nobody said what is heard in them.
 */
final class CalibrationError {
  private static final int BINS = 10;

  private final double[] scores = new double[BINS];
  private final double[] hits = new double[BINS];
  private long count;

  /** NaN without a clip. */
  static double of(List<LabelIndex> classes, List<JudgedClip> clips) {
    CalibrationError error = new CalibrationError();
    clips.forEach(clip -> error.add(clip, classes));
    return error.value();
  }

  private void add(JudgedClip clip, List<LabelIndex> classes) {
    for (float[] scores : clip.loudScores()) {
      for (LabelIndex label : classes) {
        add(scores[label.index()], clip.labels().contains(label.label()));
      }
    }
  }

  private void add(float score, boolean hit) {
    int bin = Math.max(0, Math.min(BINS - 1, (int) (BINS * score)));
    scores[bin] += score;
    hits[bin] += hit ? 1 : 0;
    count++;
  }

  private double value() {
    double distance = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(scores[bin] - hits[bin]);
    }
    return distance / count;
  }
}
