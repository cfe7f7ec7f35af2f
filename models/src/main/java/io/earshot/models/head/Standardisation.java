package io.earshot.models.head;

import java.util.List;

/**
 * Inputs brought to mean 0 and deviation 1, and that step taken back into a layer's weights.
 *
 * <pre>{@code
 * Standardisation standard = Standardisation.of(examples.inputs());
 * float[] learnt = standard.apply(embedding);
 * DenseLayer layer = standard.folded(trained); // takes the embedding as it is
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Standardisation {
  /** An input that hardly varies would be blown up where it varies after all. */
  private static final double LEAST_SHARE = 0.1;

  private final double[] means;
  private final double[] scales;

  private Standardisation(double[] means, double[] scales) {
    this.means = means;
    this.scales = scales;
  }

  /**
   * The mean and deviation of each input. An input whose deviation is below a tenth of the usual
   * one is divided by that tenth; if none varies at all, none is divided.
   *
   * @param inputs one or more, all of one length
   */
  public static Standardisation of(List<float[]> inputs) {
    double[] means = means(inputs);
    double[] variances = variances(inputs, means);
    double usual = 0;
    for (double variance : variances) {
      usual += variance / variances.length;
    }
    double least = LEAST_SHARE * LEAST_SHARE * usual;
    double[] scales = new double[means.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = usual > 0 ? 1 / Math.sqrt(Math.max(variances[i], least)) : 1;
    }
    return new Standardisation(means, scales);
  }

  private static double[] means(List<float[]> inputs) {
    double[] means = new double[inputs.get(0).length];
    for (float[] input : inputs) {
      for (int i = 0; i < means.length; i++) {
        means[i] += input[i] / (double) inputs.size();
      }
    }
    return means;
  }

  private static double[] variances(List<float[]> inputs, double[] means) {
    double[] variances = new double[means.length];
    for (float[] input : inputs) {
      for (int i = 0; i < variances.length; i++) {
        double difference = input[i] - means[i];
        variances[i] += difference * difference / inputs.size();
      }
    }
    return variances;
  }

  /** The input, standardised. */
  public float[] apply(float[] input) {
    float[] standard = new float[input.length];
    for (int i = 0; i < input.length; i++) {
      standard[i] = (float) ((input[i] - means[i]) * scales[i]);
    }
    return standard;
  }

  /** The layer that gives for an input what {@code layer} gives for the standardised one. */
  public DenseLayer folded(DenseLayer layer) {
    int inputs = layer.inputs();
    float[] weights = new float[layer.weights().length];
    float[] bias = new float[layer.outputs()];
    for (int o = 0; o < bias.length; o++) {
      double shift = layer.bias()[o];
      for (int i = 0; i < inputs; i++) {
        double weight = layer.weights()[o * inputs + i] * scales[i];
        weights[o * inputs + i] = (float) weight;
        shift -= weight * means[i];
      }
      bias[o] = (float) shift;
    }
    return new DenseLayer(inputs, bias.length, weights, bias);
  }
}
