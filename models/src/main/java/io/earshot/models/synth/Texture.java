package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/**
 * A sound of no name: one to three layers of filtered noise or tones, each swelling slowly, beating
 * fast or falling apart into grains. Among them are things like rain, fire, engines, waves and
 * insects, and much that is like nothing.
 *
 * <p>Source: the statistics by which McDermott and Simoncelli, "Sound texture perception" (2011),
 * tell textures apart: spectrum, envelope and modulation.
 */
final class Texture implements Sound {
  @Override
  public float[] make(RandomGenerator random, int samples) {
    float[] out = new float[samples];
    int layers = 1 + random.nextInt(3);
    for (int i = 0; i < layers; i++) {
      float[] layer = layer(random, samples);
      Mixing.add(layer, out, 0, Level.gain(Draw.between(random, -20, 0)));
    }
    return Equaliser.draw(random).apply(out);
  }

  private static float[] layer(RandomGenerator random, int samples) {
    float[] layer = Draw.chance(random, 0.7) ? noise(random, samples) : tones(random, samples);
    if (Draw.chance(random, 0.5)) {
      modulate(random, layer, Draw.ratioBetween(random, 0.1, 2), 1);
    }
    if (Draw.chance(random, 0.4)) {
      modulate(random, layer, Draw.ratioBetween(random, 4, 60), Draw.ratioBetween(random, 1, 12));
    }
    if (Draw.chance(random, 0.4)) {
      grain(random, layer);
    }
    return Level.toPeak(layer, 1);
  }

  private static float[] noise(RandomGenerator random, int samples) {
    return switch (random.nextInt(4)) {
      case 0 -> Noise.white(random, samples);
      case 1 -> Noise.pink(random, samples);
      case 2 -> Noise.brown(random, samples);
      default -> Noise.band(random, samples);
    };
  }

  /** Harmonics that fall off at some rate, their pitch wandering a little. */
  private static float[] tones(RandomGenerator random, int samples) {
    double hertz = Draw.ratioBetween(random, 40, 2_000);
    double falloff = Draw.between(random, 0, 2);
    double vibrato = Draw.ratioBetween(random, 0.5, 8);
    double depth = Draw.ratioBetween(random, 0.001, 0.1);
    int harmonics = (int) Math.min(24, 7_500 / hertz);
    float[] out = new float[samples];
    double phase = 0;
    for (int i = 0; i < samples; i++) {
      double bend = Math.sin(2 * Math.PI * vibrato * i / SAMPLE_RATE);
      phase += 2 * Math.PI * hertz * (1 + depth * bend) / SAMPLE_RATE;
      for (int k = 1; k <= harmonics; k++) {
        out[i] += (float) (Math.pow(k, -falloff) * Math.sin(k * phase));
      }
    }
    return out;
  }

  /**
   * Multiplies by a periodic envelope.
   *
   * @param sharpness 1 for a sine's swell, more for beats
   */
  private static void modulate(
      RandomGenerator random, float[] samples, double hertz, double sharpness) {
    double phase = random.nextDouble();
    double depth = Draw.between(random, 0.3, 1);
    for (int i = 0; i < samples.length; i++) {
      double swell = 0.5 + 0.5 * Math.cos(2 * Math.PI * (hertz * i / SAMPLE_RATE + phase));
      samples[i] *= (float) (1 - depth + depth * Math.pow(swell, sharpness));
    }
  }

  /** Multiplies by an envelope of grains that come by chance and fade. */
  private static void grain(RandomGenerator random, float[] samples) {
    double perSecond = Draw.ratioBetween(random, 2, 400);
    double fade = Math.exp(-1 / (Draw.ratioBetween(random, 0.001, 0.1) * SAMPLE_RATE));
    double envelope = 0;
    for (int i = 0; i < samples.length; i++) {
      if (Draw.chance(random, perSecond / SAMPLE_RATE)) {
        envelope += Math.exp(random.nextGaussian());
      }
      samples[i] *= (float) envelope;
      envelope *= fade;
    }
  }
}
