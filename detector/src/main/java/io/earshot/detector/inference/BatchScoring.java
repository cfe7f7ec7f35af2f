package io.earshot.detector.inference;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/**
 * Scores batches, and tells who is to blame when that fails. A batch that fails is tried again
 * patch by patch. If some fail then, too, the network is tried on a patch of our own: if it fails
 * on that, nothing can be said of the patches.
 *
 * <p>Belongs to the inference thread.
 */
final class BatchScoring {
  private final Scorer scorer;
  private final int classes;
  private final ByteBuffer bytes;
  private final FloatBuffer scores;
  private final String[] faults;
  private final FloatBuffer probe = probe();
  private final FloatBuffer probeScores;

  BatchScoring(Scorer scorer, int classes, int maxBatch) {
    this.scorer = scorer;
    this.classes = classes;
    bytes =
        ByteBuffer.allocateDirect(maxBatch * classes * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    scores = bytes.asFloatBuffer();
    probeScores = direct(classes);
    faults = new String[maxBatch];
  }

  /**
   * Scores what can be scored.
   *
   * @return whether the batch went through as it was
   * @throws ModelException the network is broken: it fails on any patch
   */
  boolean score(FloatBuffer patches, int count) throws Exception {
    int failed = 0;
    boolean whole = true;
    try {
      scorer.score(patches, count, scores);
      for (int i = 0; i < count; i++) {
        faults[i] = fault(scores, i);
        failed += faults[i] == null ? 0 : 1;
      }
    } catch (ModelException e) {
      whole = false;
      failed = scoreOneByOne(patches, count);
    }
    if (failed > 0) {
      checkNetwork();
    }
    return whole && failed == 0;
  }

  /** Why the batch's {@code i}-th patch has no scores; null if it has. */
  String fault(int i) {
    return faults[i];
  }

  /** Scores of the batch's {@code i}-th patch, little-endian. */
  byte[] scores(int i) {
    byte[] value = new byte[classes * Float.BYTES];
    bytes.get(i * value.length, value);
    return value;
  }

  private int scoreOneByOne(FloatBuffer patches, int count) throws Exception {
    int failed = 0;
    for (int i = 0; i < count; i++) {
      FloatBuffer patch = patches.slice(i * LogMel.PATCH_FLOATS, LogMel.PATCH_FLOATS);
      faults[i] = tryOne(patch, scores.slice(i * classes, classes));
      failed += faults[i] == null ? 0 : 1;
    }
    return failed;
  }

  private String tryOne(FloatBuffer patch, FloatBuffer into) throws Exception {
    try {
      scorer.score(patch, 1, into);
      return fault(into, 0);
    } catch (ModelException e) {
      return e.getMessage();
    }
  }

  private void checkNetwork() throws Exception {
    String fault = tryOne(probe, probeScores);
    if (fault != null) {
      throw new ModelException("the network fails on every patch: " + fault);
    }
  }

  private String fault(FloatBuffer of, int patch) {
    for (int i = patch * classes; i < (patch + 1) * classes; i++) {
      if (!Float.isFinite(of.get(i))) {
        return "a score is no number: " + of.get(i);
      }
    }
    return null;
  }

  /** Noise of the size of log-mel values, always the same. */
  private static FloatBuffer probe() {
    Random random = new Random(1);
    FloatBuffer patch = direct(LogMel.PATCH_FLOATS);
    for (int i = 0; i < LogMel.PATCH_FLOATS; i++) {
      patch.put(i, 4 * random.nextFloat() - 3);
    }
    return patch;
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }
}
