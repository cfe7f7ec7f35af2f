package io.earshot.models.evaluate;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Chooses the score from which on a class is raised.
 *
 * <pre>{@code
 * Thresholds thresholds = new Thresholds(labels, clips);
 * float dog = thresholds.bestF1(0, noise); // or maxFalseAlarmsPerHour(0, 1.0, noise)
 * }</pre>
 *
 * <p>Only thresholds of three decimals are tried, so that what is written into a package is what
 * was measured. None is below 0.05, nor at or below the floor: the highest score that noise
 * reached, which must not raise the class.
 */
public final class Thresholds {
  private static final int STEPS = 1000;
  private static final int LOWEST = 50;
  private static final int HIGHEST = 990;
  private static final int UNKNOWN = 500;

  private final List<String> labels;
  private final List<JudgedClip> clips;

  /**
   * Thresholds on these clips.
   *
   * @param labels of the model, in the order of the clips' scores
   */
  public Thresholds(List<String> labels, List<JudgedClip> clips) {
    this.labels = List.copyOf(labels);
    this.clips = List.copyOf(clips);
  }

  /**
   * The threshold of the best F1, at most 0.99 unless the floor is higher. Of equally good ones the
   * middle of the longest stretch: the middle of the scores as they are, not of their logits. A
   * network's logits run far out where it is sure, and the one clip of score 0.0001 would then pull
   * the threshold down to where the next noise is.
   *
   * @param label index of the class
   * @param floor 0 where there is none
   * @return 0.5, or what is above the floor if that is higher, where no clip is of the class
   */
  public float bestF1(int label, float floor) {
    LabelScores scores = scores(label);
    int low = above(floor);
    if (scores.count(true) == 0) {
      return step(Math.max(UNKNOWN, low));
    }
    int high = Math.max(low, HIGHEST);
    double[] f1 = new double[high + 1];
    double best = 0;
    for (int i = low; i <= high; i++) {
      f1[i] = scores.f1(step(i));
      best = Math.max(best, f1[i]);
    }
    double wanted = best;
    return step(middleOfLongest(low, high, i -> f1[i] == wanted));
  }

  /**
   * The lowest threshold from which on no threshold gives more false alarms, 1 where all do. Not
   * simply the lowest that keeps the rate: the lower a threshold, the longer the false alarms, and
   * one that never ends is only one.
   *
   * @param label index of the class
   * @param rate runs of segments at or above the threshold in an hour of clips without the label
   * @param floor 0 where there is none
   * @return at least 0.5 where there is no clip of the class, or none of the others
   */
  public float maxFalseAlarmsPerHour(int label, double rate, float floor) {
    LabelScores scores = scores(label);
    boolean oneSided = scores.count(true) == 0 || scores.count(false) == 0;
    int low = oneSided ? Math.max(UNKNOWN, above(floor)) : above(floor);
    int step = STEPS;
    while (step > low && !(scores.falseAlarmsPerHour(step(step - 1)) > rate)) {
      step--;
    }
    return step(step);
  }

  private LabelScores scores(int label) {
    return new LabelScores(labels.get(label), label, clips);
  }

  /** The lowest step that a score of {@code floor} does not reach; the last one if all are. */
  private static int above(float floor) {
    int step = LOWEST;
    while (step < STEPS && step(step) <= floor) {
      step++;
    }
    return step;
  }

  /** Rounded up between two steps. */
  private static int middleOfLongest(int low, int high, IntPredicate good) {
    int longest = 0;
    int middle = low;
    int from = low;
    for (int i = low; i <= high + 1; i++) {
      if (i > high || !good.test(i)) {
        if (i - from > longest) {
          longest = i - from;
          middle = (from + i) / 2;
        }
        from = i + 1;
      }
    }
    return middle;
  }

  private static float step(int step) {
    return step / (float) STEPS;
  }
}
