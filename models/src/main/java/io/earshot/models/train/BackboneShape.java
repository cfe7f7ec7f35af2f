package io.earshot.models.train;

import java.util.List;

/**
 * The shape of the networks that are trained here: VGGish's convolution and pooling stages, any
 * width, and in place of its 12288-wide layer the sum of mean and maximum over time of each
 * channel.
 *
 * <p>Source: VGGish's {@code vggish_slim.py} (Hershey et al., ICASSP 2017); the pooling is that of
 * PANNs (Kong et al., 2020): the mean hears what lasts, the maximum what is short.
 */
final class BackboneShape {
  /** Channels of the six convolutions. */
  static final List<Integer> WIDTHS = List.of(16, 32, 64, 64, 128, 256);

  static final int EMBEDDING = 128;

  /** Whether 2x2 maximum pooling follows each convolution. */
  static final List<Boolean> POOLED = List.of(true, true, false, true, false, true);

  /** The input is brought to about mean 0 and deviation 1 by {@code (x + SHIFT) * SCALE}. */
  static final float SHIFT = 3;

  static final float SCALE = 1f / 3;

  private BackboneShape() {}

  /** A value of a patch as the first convolution gets it. */
  static float scaled(float value) {
    return (value + SHIFT) * SCALE;
  }
}
