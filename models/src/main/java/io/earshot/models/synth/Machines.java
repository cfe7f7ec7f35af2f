package io.earshot.models.synth;

import java.util.random.RandomGenerator;

/** The steady background of buildings. */
final class Machines {
  private Machines() {}

  static float[] mainsHum(RandomGenerator random, int samples) {
    double hertz = Draw.oneOf(random, 50, 60) * Draw.between(random, 0.998, 1.002);
    double[] overtones = new double[20];
    double fall = Draw.between(random, 0.7, 2);
    for (int k = 1; k <= overtones.length; k++) {
      // Rectifiers make the even ones stand out.
      double share = k % 2 == 0 ? 1 : Draw.between(random, 0.1, 1);
      overtones[k - 1] = share * random.nextDouble() * Math.pow(k, -fall);
    }
    overtones[0] += 0.2;
    float[] out = tone(new Oscillator(overtones), hertz, samples);
    float[] hiss = Noise.white(random, samples);
    Mixing.add(hiss, out, 0, Draw.ratioBetween(random, 0.0005, 0.02));
    return out;
  }

  static float[] fan(RandomGenerator random, int samples) {
    float[] air = Noise.pink(random, samples);
    Biquad.peak(Draw.ratioBetween(random, 150, 1_200), 1, Draw.between(random, 0, 9)).apply(air);
    Noise.lowPass(air, Draw.ratioBetween(random, 800, 5_000));
    double hertz = Draw.ratioBetween(random, 25, 180);
    Oscillator blades = new Oscillator(1, 0.6, 0.4, 0.2, 0.1);
    float[] hum = tone(blades, hertz, samples);
    Mixing.add(hum, air, 0, Level.rms(air, 0, samples) * Draw.between(random, 0, 1));
    return air;
  }

  static float[] roomTone(RandomGenerator random, int samples) {
    float[] room = Noise.brown(random, samples);
    double rms = Math.max(1e-9, Level.rms(room, 0, samples));
    float[] air = Noise.pink(random, samples);
    double share = Draw.between(random, 0.2, 1) / Math.max(1e-9, Level.rms(air, 0, samples));
    Mixing.add(air, room, 0, rms * share);
    float[] hum = tone(new Oscillator(1, 0.5, 0.2), Draw.oneOf(random, 50, 60, 100, 120), samples);
    Mixing.add(hum, room, 0, rms * Draw.between(random, 0, 0.3));
    return room;
  }

  private static float[] tone(Oscillator oscillator, double hertz, int samples) {
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = (float) oscillator.next(hertz);
    }
    return out;
  }
}
