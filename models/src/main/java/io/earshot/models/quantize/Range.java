package io.earshot.models.quantize;

/**
 * The values that 8 bits stand for, from {@code low}, which is 0, to {@code high}, which is 255.
 *
 * <p>Zero is always within: paddings and silent units must be exact. Source: Jacob et al.,
 * "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
 * (CVPR 2018), section 2.1.
 */
record Range(double low, double high) {
  private static final int STEPS = 255;

  Range {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }

  /** What one step is worth; 1 where there is nothing but zeros. */
  float scale() {
    float scale = (float) ((high - low) / STEPS);
    return scale > 0 ? scale : 1;
  }

  /** The step that stands for zero, 0 to 255. */
  int zeroPoint() {
    return (int) Math.min(STEPS, Math.round(-low / scale()));
  }
}
