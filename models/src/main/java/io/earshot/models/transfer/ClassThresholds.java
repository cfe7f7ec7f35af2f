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

  /** Of all noises: where so many raise a class, it is not one odd noise but the class. */
  private static final double MOST_NOISES = 0.1;

  /** A head that scores noise so high is as sure of it as of anything. */
  private static final double SURE = 0.9;

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
   * @param noises of each noise the highest score of each label
   * @throws PackageException a class is noise to the head
   */
  float[] above(List<float[]> noises) throws PackageException {
    notes.clear();
    float[] thresholds = new float[classes.labels().size()];
    thresholds[classes.background()] = HeadPackage.STANDARD_THRESHOLD;
    for (int i = 0; i < classes.background(); i++) {
      double loudest = highest(noises, i);
      thresholds[i] = threshold(i, (float) Platt.sigmoid(Platt.logit(loudest) + NOISE_MARGIN));
      checkHeard(i, thresholds[i], noises);
    }
    return thresholds;
  }

  private static double highest(List<float[]> noises, int label) {
    return noises.stream().mapToDouble(scores -> scores[label]).max().orElse(0);
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

  private void checkHeard(int label, float threshold, List<float[]> noises)
      throws PackageException {
    double recall = recall(label, threshold);
    float wanted = threshold(label, 0);
    if (recall >= LEAST_RECALL || recall(label, wanted) < LEAST_RECALL) {
      return;
    }
    String problem =
        String.format(
            Locale.ROOT,
            "scores up to %.3f in made noise; with a threshold above that it is heard in %.0f %% of its clips",
            highest(noises, label),
            100 * recall);
    String name = classes.labels().get(label);
    long raised = noises.stream().filter(scores -> scores[label] >= wanted).count();
    if (highest(noises, label) >= SURE && raised >= MOST_NOISES * noises.size()) {
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
