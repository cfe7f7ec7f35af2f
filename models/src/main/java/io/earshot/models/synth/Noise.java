package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** Noises of one colour each, unscaled. */
final class Noise {
  private static final int OCTAVES = 10;

  /** Keeps brown noise from wandering off: flat below it. */
  private static final double BROWN_CORNER_HZ = 20;

  private Noise() {}

  static float[] white(RandomGenerator random, int samples) {
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }

  /**
   * One-pole low-passes an octave apart, each half as strong in power as the next lower one: their
   * sum falls by 3 dB an octave where any of them bends.
   */
  static float[] pink(RandomGenerator random, int samples) {
    double[] state = new double[OCTAVES];
    double[] step = new double[OCTAVES];
    double[] weight = new double[OCTAVES];
    for (int k = 0; k < OCTAVES; k++) {
      double hertz = Sound.SAMPLE_RATE / 2.0 / (1 << k);
      step[k] = onePole(hertz);
      weight[k] = 1 / Math.sqrt(hertz);
    }
    float[] noise = white(random, samples);
    for (int i = 0; i < samples; i++) {
      double sum = 0;
      for (int k = 0; k < OCTAVES; k++) {
        state[k] += step[k] * (noise[i] - state[k]);
        sum += weight[k] * state[k];
      }
      noise[i] = (float) sum;
    }
    return noise;
  }

  static float[] brown(RandomGenerator random, int samples) {
    return lowPass(white(random, samples), BROWN_CORNER_HZ);
  }

  static float[] band(RandomGenerator random, int samples) {
    double centre = Draw.ratioBetween(random, 100, 6_000);
    double q = Draw.ratioBetween(random, 0.5, 8);
    return Biquad.bandPass(centre, q).apply(white(random, samples));
  }

  /** One-pole low-pass in place: 6 dB an octave, and never a ring. */
  static float[] lowPass(float[] samples, double hertz) {
    double step = onePole(hertz);
    double state = 0;
    for (int i = 0; i < samples.length; i++) {
      state += step * (samples[i] - state);
      samples[i] = (float) state;
    }
    return samples;
  }

  private static double onePole(double hertz) {
    return 1 - Math.exp(-2 * Math.PI * hertz / Sound.SAMPLE_RATE);
  }
}
