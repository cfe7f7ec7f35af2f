package io.earshot.models.quantize;

import io.earshot.models.pack.Quantised;

/** How far the scores of two networks differ, patch by patch. */
final class ScoreDifference {
  private int patches;
  private int agreed;
  private long scores;
  private double sum;
  private double greatest;

  void add(float[] before, float[] after) {
    patches++;
    agreed += top(before) == top(after) ? 1 : 0;
    for (int i = 0; i < before.length; i++) {
      double difference = Math.abs((double) before[i] - after[i]);
      scores++;
      sum += difference;
      greatest = Math.max(greatest, difference);
    }
  }

  /** Index of the highest score; of equal ones, the first. */
  static int top(float[] scores) {
    int top = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[top]) {
        top = i;
      }
    }
    return top;
  }

  Quantised.Scores result() {
    return new Quantised.Scores(
        Rounded.down((double) agreed / patches), Rounded.up(sum / scores), Rounded.up(greatest));
  }
}
