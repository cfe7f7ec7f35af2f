package io.earshot.models.quantize;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Weights in 8 bits, -127 to 127, each output channel with a scale of its own.
 *
 * <p>Symmetric, so that zero is 0 in every channel and the integer kernels need no correction.
 * Source: Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference" (2018),
 * section 2.
 */
final class ChannelWeights {
  private static final int GREATEST = 127;

  private final byte[] values;
  private final float[] scales;

  private ChannelWeights(byte[] values, float[] scales) {
    this.values = values;
    this.scales = scales;
  }

  /**
   * Rounds to the nearest step.
   *
   * @param weights from index 0 on, row-major
   * @param axis of the output channels
   * @param least a scale for each channel that must not be undercut, 0 for none
   */
  static ChannelWeights of(FloatBuffer weights, List<Integer> shape, int axis, float[] least) {
    int channels = shape.get(axis);
    int inner = shape.subList(axis + 1, shape.size()).stream().reduce(1, (a, b) -> a * b);
    float[] scales = new float[channels];
    for (int i = 0; i < weights.limit(); i++) {
      int channel = i / inner % channels;
      scales[channel] = Math.max(scales[channel], Math.abs(weights.get(i)));
    }
    for (int c = 0; c < channels; c++) {
      float scale = Math.max(scales[c] / GREATEST, least[c]);
      scales[c] = scale > 0 ? scale : 1;
    }
    byte[] values = new byte[weights.limit()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(weights.get(i) / scales[i / inner % channels]);
    }
    return new ChannelWeights(values, scales);
  }

  byte[] values() {
    return values;
  }

  /** One for each channel. */
  float[] scales() {
    return Arrays.copyOf(scales, scales.length);
  }
}
