package io.earshot.models.synth;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The siren of an emergency vehicle: wail (slow sweeps), yelp (2 to 4 a second), hi-lo (two tones
 * in turn, European), and seldom a phaser (ten and more a second), through a horn and driving by.
 */
final class Siren implements Sound {
  @Override
  public float[] make(RandomGenerator random, int samples) {
    DoubleUnaryOperator pitch = pitch(random);
    DoubleUnaryOperator passing = passing(random, samples / (double) SAMPLE_RATE);
    Oscillator tone = new Oscillator(horn(random));
    double flutter = Draw.between(random, 0, 0.15);
    double flutterHertz = Draw.between(random, 0.3, 3);
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      double t = i / (double) SAMPLE_RATE;
      double loudness = 1 - flutter * (1 + Math.sin(2 * Math.PI * flutterHertz * t));
      out[i] = (float) (loudness * tone.next(pitch.applyAsDouble(t) * passing.applyAsDouble(t)));
    }
    return Biquad.peak(Draw.ratioBetween(random, 800, 2_500), 1, Draw.between(random, 0, 9))
        .apply(Biquad.highPass(300, Biquad.FLAT_Q).apply(out));
  }

  private static DoubleUnaryOperator pitch(RandomGenerator random) {
    double kind = random.nextDouble();
    if (kind < 0.45) {
      return sweep(random, 1 / Draw.ratioBetween(random, 3, 12), Draw.between(random, 0.3, 0.6));
    } else if (kind < 0.7) {
      return sweep(random, Draw.between(random, 2, 4.5), Draw.between(random, 0.3, 0.9));
    } else if (kind < 0.92) {
      return hiLo(random);
    }
    return sweep(random, Draw.between(random, 8, 18), Draw.between(random, 0.1, 0.9));
  }

  /**
   * @param rising share of each turn in which the pitch rises
   */
  private static DoubleUnaryOperator sweep(
      RandomGenerator random, double turnsPerSecond, double rising) {
    double low = Draw.ratioBetween(random, 450, 800);
    double octaves = Draw.between(random, 0.8, 1.5);
    double begin = random.nextDouble();
    // From a triangle to a sine: electronic sirens hurry through the middle, rotors linger at the
    // top.
    double roundness = random.nextDouble();
    return t -> {
      double turn = (begin + turnsPerSecond * t) % 1;
      double height = turn < rising ? turn / rising : (1 - turn) / (1 - rising);
      double round = 0.5 - 0.5 * Math.cos(Math.PI * height);
      return low * Math.pow(2, octaves * (height + roundness * (round - height)));
    };
  }

  private static DoubleUnaryOperator hiLo(RandomGenerator random) {
    double low = Draw.ratioBetween(random, 380, 700);
    double high = low * Draw.between(random, 1.2, 1.5);
    double seconds = Draw.between(random, 0.4, 0.8);
    double begin = random.nextDouble();
    return t -> (begin + t / (2 * seconds)) % 1 < 0.5 ? high : low;
  }

  /** The Doppler effect of a vehicle that comes and goes: up to 25 m/s, by at any time or never. */
  private static DoubleUnaryOperator passing(RandomGenerator random, double seconds) {
    double shift = Draw.between(random, 0, 25) / 343;
    double when = Draw.between(random, -seconds, 2 * seconds);
    double slowness = Draw.ratioBetween(random, 0.5, 4);
    return t -> 1 - shift * Math.tanh((t - when) / slowness);
  }

  /** Overtones of an overdriven horn: the second and third about as strong as the tone. */
  private static double[] horn(RandomGenerator random) {
    double fall = Draw.between(random, 0.8, 2.2);
    double[] overtones = new double[12];
    for (int k = 1; k <= overtones.length; k++) {
      overtones[k - 1] = Draw.between(random, 0.4, 1) * Math.pow(k, -fall);
    }
    return overtones;
  }
}
