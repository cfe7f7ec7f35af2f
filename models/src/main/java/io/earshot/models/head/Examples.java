package io.earshot.models.head;

import java.util.List;

/**
 * What a head learns from: embeddings, and for each what should come out of it.
 *
 * <pre>{@code
 * Examples examples = new Examples(List.of(embedding), List.of(new float[] {0, 1, 0}));
 * }</pre>
 *
 * <p>Immutable if nobody writes to the arrays.
 *
 * @param inputs embeddings, all of one length
 * @param targets one per embedding, one value per class, 0 to 1; several classes may be at 1, and a
 *     teacher's are anything between
 */
public record Examples(List<float[]> inputs, List<float[]> targets) {
  public Examples {
    if (inputs.size() != targets.size()) {
      throw new IllegalArgumentException(
          inputs.size() + " embeddings and " + targets.size() + " targets");
    }
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  public int size() {
    return inputs.size();
  }
}
