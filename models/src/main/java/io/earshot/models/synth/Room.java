package io.earshot.models.synth;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A room, and how far in it the sound is away.
 *
 * <pre>{@code
 * Room kitchen = new Room(0.5, 40, 3);
 * float[] heard = kitchen.apply(new SplittableRandom(42), dry);
 * Room any = Room.draw(random);
 * }</pre>
 *
 * <p>Its impulse response: the direct sound, duller with distance; some early reflections; and
 * noise that fades by 60 dB in {@code rt60Seconds}, dulled by the walls. The direct sound is as
 * strong as all else together at the critical distance of 0.057 sqrt(volume / rt60) metres, and
 * loses 6 dB with each doubling of the distance. The response has energy 1, so a sound keeps about
 * its level, and the direct sound comes at once, so an onset stays where it is.
 *
 * <p>Source: H. Kuttruff, "Room Acoustics" (critical distance); J. A. Moorer, "About this
 * reverberation business" (1979; decaying noise as response).
 *
 * @param rt60Seconds above 0
 * @param volume in cubic metres, above 0
 * @param distance in metres, above 0
 */
public record Room(double rt60Seconds, double volume, double distance) {
  /** Until the nearest surface answers. */
  private static final double FIRST_SECONDS = 0.001;

  private static final double EARLY_SECONDS = 0.04;

  public Room {
    if (!(rt60Seconds > 0 && volume > 0 && distance > 0)) {
      throw new IllegalArgumentException(
          "a room's measures must be above 0: " + rt60Seconds + ", " + volume + ", " + distance);
    }
  }

  /** Any room from a closet to a hall: 0.1 to 1.5 s, 8 to 1,000 cubic metres, 0.3 to 12 m away. */
  public static Room draw(RandomGenerator random) {
    double volume = Draw.ratioBetween(random, 8, 1_000);
    // No further away than the far corner.
    double distance = Draw.ratioBetween(random, 0.3, 1.2 * Math.cbrt(volume));
    return new Room(Draw.ratioBetween(random, 0.1, 1.5), volume, distance);
  }

  /**
   * The sound as heard in the room.
   *
   * @param random draws where the reflections are; one seed is one place
   * @return a new array as long as {@code dry}: what rings on beyond its end is lost
   */
  public float[] apply(RandomGenerator random, float[] dry) {
    return new Convolution(response(random)).apply(dry);
  }

  /** The impulse response, as long as the reverberation. */
  float[] response(RandomGenerator random) {
    float[] response = reverberation(random);
    addEarly(random, response);
    double critical = 0.057 * Math.sqrt(volume / rt60Seconds);
    Level.scale(response, distance / critical / energyRoot(response));
    float[] direct = new float[response.length];
    direct[0] = 1;
    Noise.lowPass(direct, 8_000 / (1 + distance / 20));
    Mixing.add(direct, response, 0, 1 / energyRoot(direct));
    return Level.scale(response, 1 / energyRoot(response));
  }

  private float[] reverberation(RandomGenerator random) {
    int samples = Math.max(1_000, (int) (rt60Seconds * Sound.SAMPLE_RATE));
    float[] noise =
        Noise.lowPass(Noise.white(random, samples), Draw.ratioBetween(random, 2_500, 7_000));
    double fadePerSample = Math.pow(10, -3 / (rt60Seconds * Sound.SAMPLE_RATE));
    double loudness = 1;
    for (int i = 0; i < samples; i++) {
      noise[i] *= (float) loudness;
      loudness *= fadePerSample;
    }
    Arrays.fill(noise, 0, (int) (FIRST_SECONDS * Sound.SAMPLE_RATE), 0f);
    return noise;
  }

  /** Walls, floor and ceiling: some single echoes above the noise, each fainter the later. */
  private void addEarly(RandomGenerator random, float[] response) {
    int count = 4 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      double seconds = Draw.between(random, FIRST_SECONDS, EARLY_SECONDS);
      double loudness = 3 * Math.pow(10, -3 * seconds / rt60Seconds) * random.nextDouble();
      response[(int) (seconds * Sound.SAMPLE_RATE)] +=
          (float) (random.nextBoolean() ? loudness : -loudness);
    }
  }

  private static double energyRoot(float[] samples) {
    return Level.rms(samples, 0, samples.length) * Math.sqrt(samples.length);
  }
}
