package io.earshot.models.transfer;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.evaluate.Platt;
import io.earshot.models.evaluate.Thresholds;
import io.earshot.models.pack.PackageException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A threshold for each class, chosen on judged clips and above what noise reaches. */
final class ClassThresholds {
  /** Of the logit: other noise will score a little differently. */
  private static final double NOISE_MARGIN = 1;

  /** A class that noise keeps from being heard in more than half of its clips is of no use. */
  private static final double LEAST_RECALL = 0.5;

  private final Classes classes;
  private final List<JudgedClip> clips;
  private final Thresholds choice;
  private final OptionalDouble maxFalseAlarmsPerHour;

  /**
   * @param maxFalseAlarmsPerHour none for the thresholds of the best F1
   */
  ClassThresholds(Classes classes, List<JudgedClip> clips, OptionalDouble maxFalseAlarmsPerHour) {
    this.classes = classes;
    this.clips = clips;
    this.choice = new Thresholds(classes.labels(), clips);
    this.maxFalseAlarmsPerHour = maxFalseAlarmsPerHour;
  }

  /**
   * One for each label, the background's of no use.
   *
   * @param noise the highest score of each label in noise
   * @throws PackageException a class cannot be told from noise
   */
  float[] above(float[] noise) throws PackageException {
    float[] thresholds = new float[noise.length];
    thresholds[classes.background()] = HeadPackage.STANDARD_THRESHOLD;
    for (int i = 0; i < classes.background(); i++) {
      thresholds[i] = threshold(i, (float) Platt.sigmoid(Platt.logit(noise[i]) + NOISE_MARGIN));
      checkHeard(i, thresholds[i], noise[i]);
    }
    return thresholds;
  }

  private float threshold(int label, float floor) {
    return maxFalseAlarmsPerHour.isPresent()
        ? choice.maxFalseAlarmsPerHour(label, maxFalseAlarmsPerHour.getAsDouble(), floor)
        : choice.bestF1(label, floor);
  }

  private void checkHeard(int label, float threshold, float noise) throws PackageException {
    double recall = recall(label, threshold);
    if (recall < LEAST_RECALL && recall(label, threshold(label, 0)) >= LEAST_RECALL) {
      throw NoiseCheck.refused(
          classes.labels().get(label),
          String.format(
              Locale.ROOT,
              "cannot be told from made noise, which scores %.3f; above that it is heard in only %.0f %% of its clips",
              noise,
              100 * recall));
    }
  }

  private double recall(int label, float threshold) {
    return clips.stream()
        .filter(clip -> clip.labels().contains(classes.labels().get(label)))
        .mapToInt(clip -> clip.max(label) >= threshold ? 1 : 0)
        .average()
        .orElse(0);
  }
}
