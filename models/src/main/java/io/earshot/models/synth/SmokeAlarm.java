package io.earshot.models.synth;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A household smoke alarm: a piezo sounder near 3.1 kHz in the temporal-three pattern for the most
 * part; sometimes a low-frequency one for the hard of hearing (520 Hz square wave, NFPA 72), the
 * fast beeping of European alarms, or the four short beeps of a carbon monoxide alarm.
 */
final class SmokeAlarm implements Sound {
  /** How far manufacturers stray from the standard's times. */
  private static final double TOLERANCE = 0.08;

  @Override
  public float[] make(RandomGenerator random, int samples) {
    double kind = random.nextDouble();
    float[] out =
        pattern(random, kind)
            .stretched(Draw.between(random, 1 - TOLERANCE, 1 + TOLERANCE))
            .loudness(random, samples, edge(random), edge(random));
    return kind < 0.08 ? lowSquare(random, out) : piezo(random, out);
  }

  private static BeepPattern pattern(RandomGenerator random, double kind) {
    if (kind < 0.8) {
      return BeepPattern.TEMPORAL_THREE;
    }
    return kind < 0.92 ? fastBeeps(random) : BeepPattern.TEMPORAL_FOUR;
  }

  private static BeepPattern fastBeeps(RandomGenerator random) {
    double on = Draw.ratioBetween(random, 0.08, 0.5);
    return new BeepPattern(on, on * Draw.between(random, 0.6, 1.2));
  }

  private static double edge(RandomGenerator random) {
    return Draw.ratioBetween(random, 0.001, 0.015);
  }

  private static float[] lowSquare(RandomGenerator random, float[] loudness) {
    Oscillator tone = new Oscillator(Oscillator.square());
    double hertz = 520 * Draw.between(random, 0.95, 1.05);
    for (int i = 0; i < loudness.length; i++) {
      loudness[i] *= (float) tone.next(hertz);
    }
    return loudness;
  }

  private static float[] piezo(RandomGenerator random, float[] loudness) {
    double second = Draw.between(random, 0, 0.3);
    Oscillator tone = new Oscillator(1, second);
    // Another resonance of the disc, or a neighbour's alarm: the two beat.
    Oscillator other = new Oscillator(Draw.chance(random, 0.3) ? random.nextDouble() : 0);
    double detune = Draw.between(random, 1.001, 1.02);
    DoubleUnaryOperator pitch = pitch(random);
    for (int i = 0; i < loudness.length; i++) {
      double hertz = pitch.applyAsDouble(i / (double) SAMPLE_RATE);
      loudness[i] *= (float) (tone.next(hertz) + other.next(hertz * detune));
    }
    return loudness;
  }

  /** Steady, warbling, or two tones in quick turns. */
  private static DoubleUnaryOperator pitch(RandomGenerator random) {
    double hertz = Draw.between(random, 2_800, 3_500);
    double kind = random.nextDouble();
    double perSecond = Draw.ratioBetween(random, 6, 30);
    double depth = Draw.between(random, 0.002, 0.03);
    double low = Draw.between(random, 0.8, 0.95);
    if (kind < 0.6) {
      return t -> hertz;
    }
    return kind < 0.85
        ? t -> hertz * (1 + depth * Math.sin(2 * Math.PI * perSecond * t))
        : t -> perSecond * t % 1 < 0.5 ? hertz : hertz * low;
  }
}
