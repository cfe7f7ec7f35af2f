package io.earshot.models.head;

import de.bwaldvogel.liblinear.Model;
import java.util.List;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;

/** The weights of one class against the rest, read out of the library's model. */
@SuppressWarnings("ArrayRecordComponent") // Made, handed over and forgotten.
record Plane(float[] weights, float bias) {

  /** Positive on the side of {@link BinaryProblem#CLASS}. */
  static Plane of(LibLinearClassificationModel trained) {
    Model model = trained.getInnerModels().get(0);
    // The library's weights point at whichever label it met first.
    int first = model.getLabels()[0];
    boolean towards = trained.getOutputIDInfo().getOutput(first).equals(BinaryProblem.CLASS);
    double[] values = model.getFeatureWeights();
    float[] weights = new float[values.length - 1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (towards ? values[i] : -values[i]);
    }
    // The bias is the weight of a last input, which is always 1.
    double bias = values[weights.length];
    return new Plane(weights, (float) (towards ? bias : -bias));
  }

  static DenseLayer layer(List<Plane> planes) {
    int inputs = planes.get(0).weights.length;
    float[] weights = new float[planes.size() * inputs];
    float[] bias = new float[planes.size()];
    for (int i = 0; i < bias.length; i++) {
      System.arraycopy(planes.get(i).weights, 0, weights, i * inputs, inputs);
      bias[i] = planes.get(i).bias;
    }
    return new DenseLayer(inputs, bias.length, weights, bias);
  }
}
