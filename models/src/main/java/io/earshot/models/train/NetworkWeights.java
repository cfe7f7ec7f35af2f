package io.earshot.models.train;

import java.util.List;

/**
 * A trained network, free of the library that trained it: six 3x3 convolutions with batch
 * normalisation folded in, the layer that gives the embedding, and the head.
 *
 * @param convolutions weights outputs x inputs x 3 x 3
 * @param embedding weights outputs x inputs
 * @param head weights classes x embedding
 */
record NetworkWeights(List<Layer> convolutions, Layer embedding, Layer head) {

  /** Weights, row major, and one bias per output. */
  @SuppressWarnings("ArrayRecordComponent") // A package-private carrier that nobody compares.
  record Layer(int outputs, int inputs, float[] weights, float[] bias) {

    /** Each output times its scale, plus its shift. */
    Layer scaled(double[] scales, double[] shifts) {
      int width = weights.length / outputs;
      float[] newWeights = weights.clone();
      float[] newBias = bias.clone();
      for (int out = 0; out < outputs; out++) {
        for (int i = out * width; i < (out + 1) * width; i++) {
          newWeights[i] *= (float) scales[out];
        }
        newBias[out] = (float) (bias[out] * scales[out] + shifts[out]);
      }
      return new Layer(outputs, inputs, newWeights, newBias);
    }
  }

  /** The network whose logit of class i is {@code scales[i] * logit + shifts[i]}. */
  NetworkWeights calibrated(double[] scales, double[] shifts) {
    return new NetworkWeights(convolutions, embedding, head.scaled(scales, shifts));
  }
}
