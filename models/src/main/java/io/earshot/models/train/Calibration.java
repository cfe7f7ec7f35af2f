package io.earshot.models.train;

import java.util.ArrayList;
import java.util.List;

/**
 * What turns each class's score into how often it is right, fitted on clips that the networks had
 * not learnt from: one {@link Platt} line per class over the patches in which the clip is loud.
 */
final class Calibration {
  private final List<Platt> lines;

  private Calibration(List<Platt> lines) {
    this.lines = lines;
  }

  static Calibration fit(List<String> labels, List<ScoredClip> clips) {
    List<Platt> lines = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      List<Double> logits = new ArrayList<>();
      List<Boolean> positives = new ArrayList<>();
      for (ScoredClip clip : clips) {
        for (float[] scores : clip.loudPatches()) {
          logits.add(Platt.logit(scores[i]));
          positives.add(clip.clip().label().equals(labels.get(i)));
        }
      }
      lines.add(Platt.fit(logits, positives));
    }
    return new Calibration(lines);
  }

  /** The network whose scores are calibrated. */
  NetworkWeights apply(NetworkWeights weights) {
    return weights.calibrated(
        lines.stream().mapToDouble(Platt::scale).toArray(),
        lines.stream().mapToDouble(Platt::shift).toArray());
  }

  ScoredClip apply(ScoredClip clip) {
    List<float[]> patches = clip.patches().stream().map(this::apply).toList();
    return new ScoredClip(clip.clip(), patches, clip.loud());
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
