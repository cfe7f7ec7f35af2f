package io.earshot.models.evaluate;

import io.earshot.models.pack.ScoreDistribution;
import java.util.List;

/**
 * The scores that each label has in the segments of its own clips: how sure a model is where it is
 * right. Of clips of no class, whose label stands for none of the others, there are none.
 *
 * <pre>{@code
 * ScoreDistribution scores = OwnScores.of(labels, background, judged);
 * }</pre>
 */
public final class OwnScores {
  private OwnScores() {}

  /**
   * Counts them.
   *
   * @param labels in the order of the scores
   * @param background index of the label that stands for none of the others; -1 if there is none
   */
  public static ScoreDistribution of(List<String> labels, int background, List<JudgedClip> clips) {
    ScoreDistribution.Builder counted = new ScoreDistribution.Builder();
    for (JudgedClip clip : clips) {
      for (String label : clip.labels()) {
        int index = labels.indexOf(label);
        if (index >= 0 && index != background) {
          clip.scores().forEach(scores -> counted.add(label, scores[index]));
        }
      }
    }
    return counted.build();
  }
}
