package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/**
 * Rain: hundreds to thousands of near drops a second, each a knock on its surface that rings for
 * some milliseconds, a few fat ones that fall into water, and the hiss that the far ones add up to.
 */
final class Rain implements Sound {
  @Override
  public float[] make(RandomGenerator random, int samples) {
    float[] out = hiss(random, samples);
    drops(random, out);
    plops(random, out);
    return surface(random, out);
  }

  private static float[] hiss(RandomGenerator random, int samples) {
    float[] hiss = Noise.white(random, samples);
    Biquad.highPass(Draw.ratioBetween(random, 200, 1_500), 0.5).apply(hiss);
    Noise.lowPass(hiss, Draw.ratioBetween(random, 3_000, 7_500));
    double rms = Level.rms(hiss, 0, samples);
    return Level.scale(hiss, Draw.ratioBetween(random, 0.05, 0.2) / Math.max(1e-9, rms));
  }

  private static void drops(RandomGenerator random, float[] out) {
    double perSecond = Draw.ratioBetween(random, 300, 3_000);
    // What they fall on: a hard roof rings high and short, leaves and soil low and dull.
    double centre = Draw.ratioBetween(random, 1_800, 4_500);
    double decay = Draw.ratioBetween(random, 0.0007, 0.0025);
    double t = Draw.wait(random, perSecond);
    for (; t * SAMPLE_RATE < out.length; t += Draw.wait(random, perSecond)) {
      int at = (int) (t * SAMPLE_RATE);
      // Sizes and distances spread over decades: most are faint, some stand out.
      double loudness = 0.1 * Math.exp(random.nextGaussian());
      double hertz = Math.min(7_500, centre * Math.exp(0.7 * random.nextGaussian()));
      Ring.click(random, out, at, decay * 0.4, loudness);
      Ring.add(out, at, hertz, decay * Draw.between(random, 0.5, 2), loudness * 0.7);
    }
  }

  /** Bubbles under the surface, which sing for a hundredth of a second. */
  private static void plops(RandomGenerator random, float[] out) {
    double perSecond = Draw.ratioBetween(random, 0.5, 6);
    double t = Draw.wait(random, perSecond);
    for (; t * SAMPLE_RATE < out.length; t += Draw.wait(random, perSecond)) {
      double hertz = Draw.ratioBetween(random, 500, 3_000);
      double decay = Draw.ratioBetween(random, 0.003, 0.012);
      Ring.add(out, (int) (t * SAMPLE_RATE), hertz, decay, Draw.between(random, 0.1, 0.3));
    }
  }

  private static float[] surface(RandomGenerator random, float[] out) {
    Biquad.peak(Draw.ratioBetween(random, 500, 5_000), 0.7, Draw.between(random, -4, 6)).apply(out);
    return Biquad.highShelf(3_000, Draw.between(random, -9, 3)).apply(out);
  }
}
