package io.earshot.detector.inference;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.ModelException;
import java.nio.FloatBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that is given no larger batches than its memory has room for.
 *
 * <pre>{@code
 * Scorer scorer = new FittingScorer(network::score, network.classes());
 * scorer.score(patches, 16, scores);   // 8 and 8, if 16 have once been too many
 * }</pre>
 *
 * <p>A batch for which memory runs out is halved, and so are all after it: this object remembers.
 * One thread at a time.
 */
public final class FittingScorer implements Scorer {
  private static final Logger log = LoggerFactory.getLogger(FittingScorer.class);

  private final Scorer network;
  private final int classes;
  private int most = Integer.MAX_VALUE;

  public FittingScorer(Scorer network, int classes) {
    this.network = network;
    this.classes = classes;
  }

  /**
   * Scores a batch, in parts if need be.
   *
   * @throws ModelException also if there is no memory for one patch
   */
  @Override
  public void score(FloatBuffer patches, int count, FloatBuffer scores) throws Exception {
    for (int from = 0; from < count; ) {
      int size = Math.min(count - from, most);
      boolean whole = size == count;
      FloatBuffer in = whole ? patches : part(patches, from, size, LogMel.PATCH_FLOATS);
      FloatBuffer out = whole ? scores : part(scores, from, size, classes);
      try {
        network.score(in, size, out);
        from += size;
      } catch (ModelException e) {
        if (size == 1 || !e.isOutOfMemory()) {
          throw e;
        }
        halve(size, e);
      }
    }
  }

  private void halve(int size, ModelException e) {
    if (most == Integer.MAX_VALUE) {
      log.warn(
          "no memory for a batch of {} patches; smaller ones from now on, set inference.max_batch"
              + " lower: {}",
          size,
          e.getMessage());
    }
    most = size / 2;
  }

  private static FloatBuffer part(FloatBuffer of, int from, int size, int width) {
    return of.slice(from * width, size * width);
  }
}
