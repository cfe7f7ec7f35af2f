package io.earshot.models.importer;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** VGGish's variables by name, full size, with seeded values that keep the activations' scale. */
record VggishWeights(Map<String, Variable> variables) {

  /** Values in row-major order. */
  record Variable(float[] values, int... shape) {}

  static VggishWeights random(long seed) {
    VggishWeights weights = new VggishWeights(new LinkedHashMap<>());
    SplittableRandom random = new SplittableRandom(seed);
    weights.layer(random, "conv1", 3, 3, 1, 64);
    weights.layer(random, "conv2", 3, 3, 64, 128);
    weights.layer(random, "conv3/conv3_1", 3, 3, 128, 256);
    weights.layer(random, "conv3/conv3_2", 3, 3, 256, 256);
    weights.layer(random, "conv4/conv4_1", 3, 3, 256, 512);
    weights.layer(random, "conv4/conv4_2", 3, 3, 512, 512);
    weights.layer(random, "fc1/fc1_1", 12_288, 4096);
    weights.layer(random, "fc1/fc1_2", 4096, 4096);
    weights.layer(random, "fc2", 4096, 128);
    return weights;
  }

  /** He et al.: uniform with variance 2 / inputs. */
  private void layer(SplittableRandom random, String layer, int... shape) {
    int outputs = shape[shape.length - 1];
    int values = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    double limit = Math.sqrt(6.0 * outputs / values);
    variables.put(
        "vggish/" + layer + "/weights", new Variable(uniform(random, values, limit), shape));
    variables.put(
        "vggish/" + layer + "/biases", new Variable(uniform(random, outputs, 0.1), outputs));
  }

  private static float[] uniform(SplittableRandom random, int count, double limit) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
    return values;
  }

  float[] values(String layer, String kind) {
    return variables.get("vggish/" + layer + "/" + kind).values();
  }

  CheckpointWriter checkpoint() throws IOException {
    CheckpointWriter writer = new CheckpointWriter();
    for (Map.Entry<String, Variable> variable : variables.entrySet()) {
      writer.add(variable.getKey(), variable.getValue().values(), variable.getValue().shape());
    }
    return writer;
  }
}
