package io.earshot.models.head;

/**
 * One dense layer: {@code output = weights x input + bias}. Immutable if nobody writes to its
 * arrays.
 */
public final class DenseLayer {
  private final int inputs;
  private final int outputs;
  private final float[] weights;
  private final float[] bias;

  /**
   * @param weights outputs x inputs, row by row; kept, not copied
   * @param bias one per output; kept, not copied
   */
  public DenseLayer(int inputs, int outputs, float[] weights, float[] bias) {
    if (weights.length != inputs * outputs || bias.length != outputs) {
      throw new IllegalArgumentException(
          "%d weights and %d biases for %d x %d"
              .formatted(weights.length, bias.length, outputs, inputs));
    }
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = weights;
    this.bias = bias;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  float[] weights() {
    return weights;
  }

  float[] bias() {
    return bias;
  }

  float[] apply(float[] input) {
    float[] output = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      double sum = bias[o];
      for (int i = 0; i < inputs; i++) {
        sum += (double) weights[o * inputs + i] * input[i];
      }
      output[o] = (float) sum;
    }
    return output;
  }

  /** The layer whose outputs are {@code scales * output + shifts}. */
  DenseLayer scaled(double[] scales, double[] shifts) {
    float[] newWeights = new float[weights.length];
    float[] newBias = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        newWeights[o * inputs + i] = (float) (scales[o] * weights[o * inputs + i]);
      }
      newBias[o] = (float) (scales[o] * bias[o] + shifts[o]);
    }
    return new DenseLayer(inputs, outputs, newWeights, newBias);
  }
}
