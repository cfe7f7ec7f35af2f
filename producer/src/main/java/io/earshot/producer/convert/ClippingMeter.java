package io.earshot.producer.convert;

/**
 * Counts samples of a source that were clipped before they came: those beyond full scale, and those
 * of plateaus, three or more equal samples in a row at 97 % of it or above. A-law ends at 98 %.
 */
final class ClippingMeter {
  private static final float NEAR_FULL_SCALE = 0.97f;
  private static final int PLATEAU = 3;

  private final float[] last;
  private final int[] equal;
  private long clipped;

  ClippingMeter(int channels) {
    this.last = new float[channels];
    this.equal = new int[channels];
  }

  void add(float sample, int channel) {
    float size = Math.abs(sample);
    if (size < NEAR_FULL_SCALE) {
      equal[channel] = 0;
      return;
    }
    equal[channel] = sample == last[channel] ? equal[channel] + 1 : 1;
    last[channel] = sample;
    if (size > 1) {
      clipped++;
    } else if (equal[channel] == PLATEAU) {
      clipped += PLATEAU;
    } else if (equal[channel] > PLATEAU) {
      clipped++;
    }
  }

  long clipped() {
    return clipped;
  }
}
