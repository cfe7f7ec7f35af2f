package io.earshot.models.transfer;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.evaluate.Platt;
import io.earshot.models.evaluate.Thresholds;
import io.earshot.models.pack.PackageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A threshold for each class, chosen on judged clips and above what noise reaches. */
final class ClassThresholds {
  /** Of the logit: other noise will score a little differently. */
  private static final double NOISE_MARGIN = 1;

  /** Under it noise has cost a class more than half of its clips. */
  private static final double LEAST_RECALL = 0.5;

  /** From there on the head is as sure of noise as of anything: the class is noise. */
  private static final float SURE = 0.9f;

  private final Classes classes;
  private final List<JudgedClip> clips;
  private final Thresholds choice;
  private final OptionalDouble maxFalseAlarmsPerHour;
  private final List<String> notes = new ArrayList<>();

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
   * @throws PackageException a class is noise to the head
   */
  float[] above(float[] noise) throws PackageException {
    notes.clear();
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

  /** Classes that noise made deaf, in sentences for the report; of the last call. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private void checkHeard(int label, float threshold, float noise) throws PackageException {
    double recall = recall(label, threshold);
    if (recall >= LEAST_RECALL || recall(label, threshold(label, 0)) < LEAST_RECALL) {
      return;
    }
    String problem =
        String.format(
            Locale.ROOT,
            "scores up to %.3f in made noise; with a threshold above that it is heard in %.0f %% of its clips",
            noise,
            100 * recall);
    String name = classes.labels().get(label);
    if (noise >= SURE) {
      throw NoiseCheck.refused(name, problem);
    }
    notes.add("%s %s".formatted(name, problem));
  }

  private double recall(int label, float threshold) {
    return clips.stream()
        .filter(clip -> clip.labels().contains(classes.labels().get(label)))
        .mapToInt(clip -> clip.max(label) >= threshold ? 1 : 0)
        .average()
        .orElse(0);
  }
}
