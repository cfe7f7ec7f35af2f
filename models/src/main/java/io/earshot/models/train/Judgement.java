package io.earshot.models.train;

import io.earshot.models.evaluate.ClipEvaluation;
import io.earshot.models.evaluate.JudgedClip;
import java.util.List;
import java.util.function.Predicate;

/**
 * What was measured on clips that the networks had not learnt from.
 *
 * @param labels every class, in the order of the scores
 * @param ranked how many of them, from the first on, are told apart in {@link #accuracy}: those of
 *     real recordings with folds
 * @param clips of every fold, each scored by the network that had not learnt from it
 */
record Judgement(List<String> labels, int ranked, List<JudgedClip> clips) {

  /** Clips of ranked classes in that fold; 0 for all folds. */
  List<JudgedClip> rankedClips(int fold) {
    return clips.stream()
        .filter(clip -> fold == 0 || clip.fold() == fold)
        .filter(clip -> truth(clip) < ranked)
        .toList();
  }

  /** Clips whose ranked class of the highest mean score is their own. */
  long right(int fold) {
    return rankedClips(fold).stream().filter(clip -> top(clip) == truth(clip)).count();
  }

  /** Share of the clips that are {@link #right}. */
  double accuracy(int fold) {
    return (double) right(fold) / rankedClips(fold).size();
  }

  /** Row: the class of the clip; column: the ranked class of its highest mean score. */
  int[][] confusion(int fold) {
    int[][] matrix = new int[ranked][ranked];
    rankedClips(fold).forEach(clip -> matrix[truth(clip)][top(clip)]++);
    return matrix;
  }

  private int truth(JudgedClip clip) {
    return labels.indexOf(clip.labels().get(0));
  }

  private int top(JudgedClip clip) {
    double[] mean = clip.mean();
    int top = 0;
    for (int i = 1; i < ranked; i++) {
      top = mean[i] > mean[top] ? i : top;
    }
    return top;
  }

  /** How many clips of that class, or of the others, have a patch that reaches the threshold. */
  long raised(int label, double threshold, boolean own) {
    return clips.stream()
        .filter(of(label, own))
        .filter(clip -> clip.max(label) >= threshold)
        .count();
  }

  long count(int label, boolean own) {
    return clips.stream().filter(of(label, own)).count();
  }

  private Predicate<JudgedClip> of(int label, boolean own) {
    return clip -> (truth(clip) == label) == own;
  }

  /** Mean of the precision at each clip of the class, clips ordered by their highest score. */
  double averagePrecision(int label) {
    return evaluation().measures().get(label).averagePrecision();
  }

  /**
   * The lowest threshold from 0.5 on, in steps of 0.05, that at most 1 % of the other classes'
   * clips reach; 0.95 where there is none.
   */
  double threshold(int label) {
    for (int percent = 50; percent < 95; percent += 5) {
      if (raised(label, percent / 100.0, false) <= 0.01 * count(label, false)) {
        return percent / 100.0;
      }
    }
    return 0.95;
  }

  /** Expected calibration error over all classes and loud patches. */
  double calibrationError() {
    return evaluation().calibrationError();
  }

  /** The background counts as a class here; nothing that is asked depends on the thresholds. */
  private ClipEvaluation evaluation() {
    return new ClipEvaluation(
        labels, -1, new float[labels.size()], clips, BackboneRun.HOP_MILLIS / 1000.0);
  }
}
