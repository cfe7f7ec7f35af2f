package io.earshot.models.evaluate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What turns each class's score into how often it is right, fitted on clips that the networks had
 * not learnt from: one {@link Platt} line per class over the segments in which the clip is loud.
 *
 * <pre>{@code
 * Calibration calibration = Calibration.fit(labels, heldOutClips);
 * JudgedClip calibrated = calibration.apply(clip);
 * }</pre>
 *
 * <p>The line's scale is the inverse of the temperature that Guo et al. ("On Calibration of Modern
 * Neural Networks", 2017) divide logits by; each class has one of its own, and a shift. Immutable.
 */
public final class Calibration {
  private final List<Platt> lines;

  private Calibration(List<Platt> lines) {
    this.lines = lines;
  }

  /**
   * Fits a line for each label.
   *
   * @param labels in the order of the scores; each is heard in some of the clips and not in others
   */
  public static Calibration fit(List<String> labels, List<JudgedClip> clips) {
    List<Platt> lines = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      List<Double> logits = new ArrayList<>();
      List<Boolean> positives = new ArrayList<>();
      for (JudgedClip clip : clips) {
        for (float[] scores : clip.loudScores()) {
          logits.add(Platt.logit(scores[i]));
          positives.add(clip.labels().contains(labels.get(i)));
        }
      }
      lines.add(Platt.fit(logits, positives));
    }
    return new Calibration(lines);
  }

  /**
   * Each fold's clips by lines that were fitted on the other folds: by lines of its own it would
   * look better than it is.
   *
   * @param labels as in {@link #fit}, of the clips of each fold's others
   * @return the calibrated clips, fold by fold
   */
  public static List<JudgedClip> acrossFolds(List<String> labels, List<JudgedClip> clips) {
    TreeMap<Integer, List<JudgedClip>> folds =
        clips.stream().collect(groupingBy(JudgedClip::fold, TreeMap::new, toList()));
    List<JudgedClip> calibrated = new ArrayList<>();
    folds.forEach(
        (fold, own) -> {
          Calibration others =
              fit(labels, clips.stream().filter(clip -> clip.fold() != fold).toList());
          own.stream().map(others::apply).forEach(calibrated::add);
        });
    return calibrated;
  }

  /** What each class's logit is multiplied by. */
  public double[] scales() {
    return lines.stream().mapToDouble(Platt::scale).toArray();
  }

  /** What is added to each class's logit then. */
  public double[] shifts() {
    return lines.stream().mapToDouble(Platt::shift).toArray();
  }

  /** The clip with calibrated scores. */
  public JudgedClip apply(JudgedClip clip) {
    List<float[]> scores = clip.scores().stream().map(this::apply).toList();
    return new JudgedClip(
        clip.name(), clip.labels(), clip.fold(), clip.seconds(), scores, clip.levels());
  }

  private float[] apply(float[] scores) {
    float[] calibrated = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      Platt line = lines.get(i);
      calibrated[i] = (float) Platt.sigmoid(line.scale() * Platt.logit(scores[i]) + line.shift());
    }
    return calibrated;
  }
}
