package io.earshot.models.train;

import io.earshot.models.feature.LogMel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The patches of a clip as the detector hears it: one per hop of 960 ms from its beginning. */
final class ClipPatches {
  static final int HOP_SAMPLES = LogMel.ROWS * LogMel.HOP_SAMPLES;

  private ClipPatches() {}

  /** At least one; an end of half a hop and more is filled up with silence. */
  static List<float[]> of(float[] samples, LogMel logMel) {
    List<float[]> patches = new ArrayList<>();
    for (int at = 0; at == 0 || samples.length - at >= HOP_SAMPLES / 2; at += HOP_SAMPLES) {
      boolean whole = at + LogMel.PATCH_SAMPLES <= samples.length;
      float[] filled = whole ? samples : Arrays.copyOf(samples, at + LogMel.PATCH_SAMPLES);
      patches.add(patch(logMel, filled, at));
    }
    return patches;
  }

  /** The patch that starts at that sample. */
  static float[] patch(LogMel logMel, float[] samples, int at) {
    float[] patch = new float[LogMel.PATCH_FLOATS];
    for (int row = 0; row < LogMel.ROWS; row++) {
      logMel.row(samples, at + row * LogMel.HOP_SAMPLES, patch, row * LogMel.BANDS);
    }
    return patch;
  }
}
