package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** Notes of one scale, together or one after the other, plucked or held. */
final class Music implements Sound {
  private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11, 12, 14, 16};

  @Override
  public float[] make(RandomGenerator random, int samples) {
    double root = Draw.ratioBetween(random, 80, 350);
    double beat = 60 / Draw.between(random, 70, 180);
    boolean chords = random.nextBoolean();
    double decay = Draw.ratioBetween(random, 0.1, 1.5);
    double[] overtones = overtones(random);
    float[] out = new float[samples];
    double first = -beat * random.nextDouble();
    for (double t = first; t * SAMPLE_RATE < samples; t += beat) {
      int at = (int) (t * SAMPLE_RATE);
      int step = random.nextInt(MAJOR.length - 4);
      for (int voice = 0; voice < (chords ? 3 : 1); voice++) {
        double hertz = root * Math.pow(2, MAJOR[step + 2 * voice] / 12.0);
        note(out, at, hertz, decay, overtones);
      }
    }
    return out;
  }

  private static double[] overtones(RandomGenerator random) {
    double[] overtones = new double[8];
    double fall = Draw.between(random, 0.8, 2.5);
    for (int k = 1; k <= overtones.length; k++) {
      overtones[k - 1] = Math.pow(k, -fall) * Draw.between(random, 0.3, 1);
    }
    return overtones;
  }

  /** One that began before the piece is heard from its middle on. */
  private static void note(float[] out, int at, double hertz, double decay, double[] overtones) {
    Oscillator tone = new Oscillator(overtones);
    int end = Math.min(out.length, at + (int) (4 * decay * SAMPLE_RATE));
    for (int i = Math.max(0, at); i < end; i++) {
      double age = (i - at) / (double) SAMPLE_RATE;
      double loudness = Math.min(1, age / 0.005) * Math.exp(-age / decay);
      out[i] += (float) (loudness * tone.next(hertz));
    }
  }
}
