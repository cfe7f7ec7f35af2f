package io.earshot.models.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One label's scores in all clips. A clip counts as raised where one of its segments reaches the
 * threshold, compared as the detector compares: float with float.
 */
final class LabelScores {
  /** A clip's highest score of the label, and whether the label is heard in it. */
  record Peak(float score, boolean own) {}

  /** Precision and recall of the threshold {@code score}. */
  record Point(float score, double recall, double precision) {}

  private final String label;
  private final int index;
  private final List<JudgedClip> clips;

  /** Highest score first. */
  private final List<Peak> peaks;

  private final int ownClips;

  LabelScores(String label, int index, List<JudgedClip> clips) {
    this.label = label;
    this.index = index;
    this.clips = clips;
    this.peaks =
        clips.stream()
            .map(clip -> new Peak(max(clip), own(clip)))
            .sorted(Comparator.comparingDouble(Peak::score).reversed())
            .toList();
    this.ownClips = (int) peaks.stream().filter(Peak::own).count();
  }

  String label() {
    return label;
  }

  List<Peak> peaks() {
    return peaks;
  }

  /** Clips with the label, or without it. */
  int count(boolean own) {
    return own ? ownClips : peaks.size() - ownClips;
  }

  /** Those of {@link #count} that reach the threshold. */
  int raised(float threshold, boolean own) {
    return (int) peaks.stream().filter(p -> p.own == own && p.score >= threshold).count();
  }

  /** NaN without a clip of the label. */
  double f1(float threshold) {
    int own = count(true);
    int hits = raised(threshold, true);
    return own == 0 ? Double.NaN : 2.0 * hits / (own + hits + raised(threshold, false));
  }

  /**
   * Precision and recall at each score that a clip peaks at, from the highest on. Clips of the same
   * score come together: no threshold tells them apart. Empty without a clip of the label.
   */
  List<Point> curve() {
    List<Point> points = new ArrayList<>();
    double own = count(true);
    int hits = 0;
    for (int i = 0; own > 0 && i < peaks.size(); i++) {
      hits += peaks.get(i).own ? 1 : 0;
      float score = peaks.get(i).score;
      if (i + 1 == peaks.size() || peaks.get(i + 1).score != score) {
        points.add(new Point(score, hits / own, hits / (i + 1.0)));
      }
    }
    return points;
  }

  /** Mean, over the clips of the label, of the precision at each one's score; NaN without any. */
  double averagePrecision() {
    double sum = count(true) == 0 ? Double.NaN : 0;
    double recall = 0;
    for (Point point : curve()) {
      sum += (point.recall - recall) * point.precision;
      recall = point.recall;
    }
    return sum;
  }

  /** NaN where every clip has the label. */
  double falseAlarmsPerHour(float threshold) {
    double seconds = 0;
    int alarms = 0;
    for (JudgedClip clip : clips) {
      if (!own(clip)) {
        seconds += clip.seconds();
        alarms += runs(clip, threshold);
      }
    }
    return seconds == 0 ? Double.NaN : alarms * 3600 / seconds;
  }

  private int runs(JudgedClip clip, float threshold) {
    int runs = 0;
    boolean before = false;
    for (float[] segment : clip.scores()) {
      boolean now = segment[index] >= threshold;
      runs += now && !before ? 1 : 0;
      before = now;
    }
    return runs;
  }

  private boolean own(JudgedClip clip) {
    return clip.labels().contains(label);
  }

  private float max(JudgedClip clip) {
    float max = 0;
    for (float[] segment : clip.scores()) {
      max = Math.max(max, segment[index]);
    }
    return max;
  }
}
