package io.earshot.detector.app;

import io.earshot.detector.inference.Scorer;
import io.earshot.models.feature.LogMel;
import java.nio.FloatBuffer;

/**
 * The network; or, while it rests, what it said of a loud and of a quiet patch. With a network that
 * rests all the rest of the pipeline is warmed up in a fraction of the time.
 */
final class BenchScorer implements Scorer {
  private static final int MIDDLE = LogMel.ROWS / 2 * LogMel.BANDS;

  private final Scorer network;
  private final float[] loud;
  private final float[] quiet;
  private final float between;
  private volatile boolean resting;

  /**
   * @param loudPatch a patch, and {@code loud} its scores
   */
  BenchScorer(Scorer network, float[] loudPatch, float[] loud, float[] quietPatch, float[] quiet) {
    this.network = network;
    this.loud = loud;
    this.quiet = quiet;
    this.between =
        (middle(FloatBuffer.wrap(loudPatch), 0) + middle(FloatBuffer.wrap(quietPatch), 0)) / 2;
  }

  void rest(boolean rests) {
    resting = rests;
  }

  @Override
  public void score(FloatBuffer patches, int count, FloatBuffer scores) throws Exception {
    if (!resting) {
      network.score(patches, count, scores);
      return;
    }
    for (int i = 0; i < count; i++) {
      boolean isLoud = middle(patches, i * LogMel.PATCH_FLOATS) > between;
      scores.put(i * loud.length, isLoud ? loud : quiet);
    }
  }

  /** The sum over the bands of the row in the middle of a patch. */
  private static float middle(FloatBuffer patches, int patch) {
    float sum = 0;
    for (int band = 0; band < LogMel.BANDS; band++) {
      sum += patches.get(patch + MIDDLE + band);
    }
    return sum;
  }
}
