package io.earshot.models.train;

import io.earshot.models.feature.LogMel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Holes in a patch: up to 10 bands and up to 20 frames set to the patch's mean, each in every
 * fourth patch, so that no single feature is trusted alone. Source: Park et al., "SpecAugment"
 * (2019).
 */
final class PatchMasks {
  private static final double CHANCE = 0.25;
  private static final int MAX_BANDS = 10;
  private static final int MAX_ROWS = 20;

  private PatchMasks() {}

  /** The patch itself, changed. */
  static float[] masked(float[] patch, RandomGenerator random) {
    if (random.nextDouble() < CHANCE) {
      int bands = 1 + random.nextInt(MAX_BANDS);
      fill(patch, 0, LogMel.ROWS, random.nextInt(LogMel.BANDS - bands + 1), bands);
    }
    if (random.nextDouble() < CHANCE) {
      int rows = 1 + random.nextInt(MAX_ROWS);
      fill(patch, random.nextInt(LogMel.ROWS - rows + 1), rows, 0, LogMel.BANDS);
    }
    return patch;
  }

  private static void fill(float[] patch, int row, int rows, int band, int bands) {
    double sum = 0;
    for (float value : patch) {
      sum += value;
    }
    float mean = (float) (sum / patch.length);
    for (int r = row; r < row + rows; r++) {
      Arrays.fill(patch, r * LogMel.BANDS + band, r * LogMel.BANDS + band + bands, mean);
    }
  }
}
