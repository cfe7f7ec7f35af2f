package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** Tones, sweeps and knocks without the pattern of an alarm, a siren or a clock. */
final class Tones {
  private Tones() {}

  static float[] steady(RandomGenerator random, int samples) {
    float[] out = new float[samples];
    int tones = 1 + random.nextInt(3);
    for (int k = 0; k < tones; k++) {
      double hertz = Draw.ratioBetween(random, 80, 6_000);
      Oscillator tone = new Oscillator(1, Draw.between(random, 0, 0.5), random.nextDouble() / 4);
      for (int i = 0; i < samples; i++) {
        out[i] += (float) tone.next(hertz);
      }
    }
    return out;
  }

  static float[] slowChirp(RandomGenerator random, int samples) {
    double from = Draw.ratioBetween(random, 80, 6_000);
    double octaves = Math.log(Draw.ratioBetween(random, 80, 6_000) / from) / Math.log(2);
    Oscillator tone = new Oscillator(1, Draw.between(random, 0, 0.3));
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = (float) tone.next(from * Math.pow(2, octaves * i / samples));
    }
    return out;
  }

  static float[] fastChirps(RandomGenerator random, int samples) {
    double perSecond = Draw.ratioBetween(random, 2, 10);
    float[] out = new float[samples];
    double t = random.nextDouble() * samples / 2 / Sound.SAMPLE_RATE;
    for (; t * Sound.SAMPLE_RATE < samples; t += 0.02 + Draw.wait(random, perSecond)) {
      chirp(random, out, (int) (t * Sound.SAMPLE_RATE));
    }
    return out;
  }

  /** 20 to 200 ms up or down, swelling and fading. */
  private static void chirp(RandomGenerator random, float[] out, int at) {
    int length = (int) (Draw.ratioBetween(random, 0.02, 0.2) * Sound.SAMPLE_RATE);
    double from = Draw.ratioBetween(random, 800, 6_000);
    double octaves = Draw.between(random, -1, 1);
    double loudness = Draw.between(random, 0.3, 1);
    Oscillator tone = new Oscillator(1, 0.1);
    for (int i = 0; i < length && at + i < out.length; i++) {
      double part = i / (double) length;
      double swell = loudness * Math.sin(Math.PI * part);
      out[at + i] += (float) (swell * tone.next(from * Math.pow(2, octaves * part)));
    }
  }

  static float[] bumps(RandomGenerator random, int samples) {
    double perSecond = Draw.ratioBetween(random, 0.7, 6);
    float[] out = new float[samples];
    double t = random.nextDouble() * samples / 2 / Sound.SAMPLE_RATE;
    for (; t * Sound.SAMPLE_RATE < samples; t += Draw.wait(random, perSecond)) {
      int at = (int) (t * Sound.SAMPLE_RATE);
      double loudness = Draw.ratioBetween(random, 0.1, 1);
      Ring.click(random, out, at, Draw.ratioBetween(random, 0.0003, 0.02), loudness * 0.5);
      for (int k = 0; k < 4; k++) {
        double hertz = Draw.ratioBetween(random, 50, 1_500);
        double decay = Draw.ratioBetween(random, 3, 30) / hertz;
        Ring.add(out, at, hertz, decay, loudness * random.nextDouble());
      }
    }
    return out;
  }
}
