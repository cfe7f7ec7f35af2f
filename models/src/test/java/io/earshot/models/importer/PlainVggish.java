package io.earshot.models.importer;

import java.util.Arrays;

/**
 * VGGish as loops over doubles with channels last, as TensorFlow computes it: written from {@code
 * vggish_slim.py}, knows neither ONNX nor a transposition.
 */
final class PlainVggish {

  private final VggishWeights weights;
  private final boolean channelsFirst;

  /**
   * @param channelsFirst flatten in the order that TensorFlow does not have
   */
  PlainVggish(VggishWeights weights, boolean channelsFirst) {
    this.weights = weights;
    this.channelsFirst = channelsFirst;
  }

  /** Height x width x channels. */
  private record Image(double[] values, int height, int width, int channels) {}

  double[] embedding(float[] patch) {
    double[] values = new double[patch.length];
    Arrays.setAll(values, i -> patch[i]);
    Image image = pool(convolution(new Image(values, 96, 64, 1), "conv1"));
    image = pool(convolution(image, "conv2"));
    image = pool(convolution(convolution(image, "conv3/conv3_1"), "conv3/conv3_2"));
    image = pool(convolution(convolution(image, "conv4/conv4_1"), "conv4/conv4_2"));
    double[] hidden = relu(dense(flatten(image), "fc1/fc1_1"));
    return dense(relu(dense(hidden, "fc1/fc1_2")), "fc2");
  }

  private Image convolution(Image in, String layer) {
    float[] kernel = weights.values(layer, "weights");
    float[] biases = weights.values(layer, "biases");
    int outputs = biases.length;
    double[] out = new double[in.height() * in.width() * outputs];
    for (int y = 0; y < in.height(); y++) {
      for (int x = 0; x < in.width(); x++) {
        int at = (y * in.width() + x) * outputs;
        for (int o = 0; o < outputs; o++) {
          out[at + o] = biases[o];
        }
        for (int dy = Math.max(-1, -y); dy <= 1 && y + dy < in.height(); dy++) {
          for (int dx = Math.max(-1, -x); dx <= 1 && x + dx < in.width(); dx++) {
            int from = ((y + dy) * in.width() + x + dx) * in.channels();
            int tap = ((dy + 1) * 3 + dx + 1) * in.channels();
            for (int i = 0; i < in.channels(); i++) {
              addRow(out, at, in.values()[from + i], kernel, (tap + i) * outputs, outputs);
            }
          }
        }
      }
    }
    return new Image(relu(out), in.height(), in.width(), outputs);
  }

  private static Image pool(Image in) {
    int height = in.height() / 2;
    int width = in.width() / 2;
    double[] out = new double[height * width * in.channels()];
    Arrays.fill(out, Double.NEGATIVE_INFINITY);
    for (int y = 0; y < in.height(); y++) {
      for (int x = 0; x < in.width(); x++) {
        for (int c = 0; c < in.channels(); c++) {
          int to = (y / 2 * width + x / 2) * in.channels() + c;
          out[to] = Math.max(out[to], in.values()[(y * in.width() + x) * in.channels() + c]);
        }
      }
    }
    return new Image(out, height, width, in.channels());
  }

  private double[] flatten(Image in) {
    if (!channelsFirst) {
      return in.values();
    }
    int places = in.height() * in.width();
    double[] out = new double[in.values().length];
    Arrays.setAll(out, i -> in.values()[i % places * in.channels() + i / places]);
    return out;
  }

  private double[] dense(double[] in, String layer) {
    float[] matrix = weights.values(layer, "weights");
    float[] biases = weights.values(layer, "biases");
    double[] out = new double[biases.length];
    Arrays.setAll(out, o -> biases[o]);
    for (int i = 0; i < in.length; i++) {
      addRow(out, 0, in[i], matrix, i * out.length, out.length);
    }
    return out;
  }

  private static void addRow(
      double[] out, int at, double factor, float[] row, int from, int length) {
    for (int o = 0; o < length; o++) {
      out[at + o] += factor * row[from + o];
    }
  }

  private static double[] relu(double[] values) {
    Arrays.setAll(values, i -> Math.max(0, values[i]));
    return values;
  }
}
