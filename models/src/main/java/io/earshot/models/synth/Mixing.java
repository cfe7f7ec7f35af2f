package io.earshot.models.synth;

/**
 * Sounds on top of each other.
 *
 * <pre>{@code
 * float[] alarm = MadeSounds.SMOKE_ALARM.make(random, 15_600);
 * float[] rain = MadeSounds.RAIN.make(random, 15_600);
 * float[] both = Mixing.mix(alarm, rain, 6); // the alarm 6 dB above the rain
 * }</pre>
 *
 * <p>Nothing is clipped: a sum may leave [-1, 1].
 */
public final class Mixing {
  private static final int BLOCK = Sound.SAMPLE_RATE / 100;

  /** Blocks this far below the loudest one are pauses. */
  private static final double ACTIVE_DECIBELS = -30;

  private Mixing() {}

  /** Adds {@code gain} times {@code sound} to {@code out} from {@code at} on, as far as it fits. */
  public static void add(float[] sound, float[] out, int at, double gain) {
    int from = Math.max(0, -at);
    int to = Math.min(sound.length, out.length - at);
    for (int i = from; i < to; i++) {
      out[at + i] += (float) (gain * sound[i]);
    }
  }

  /**
   * {@code background} as it is, and {@code sound} scaled so that its active level is so many
   * decibels above that of the background. If either is silent, the sound keeps its level.
   *
   * @return a new array, as long as the background
   */
  public static float[] mix(float[] sound, float[] background, double decibels) {
    double signal = activeRms(sound);
    double noise = activeRms(background);
    double gain = signal > 0 && noise > 0 ? Level.gain(decibels) * noise / signal : 1;
    float[] out = background.clone();
    add(sound, out, 0, gain);
    return out;
  }

  /**
   * The root mean square of the parts in which there is something: 10 ms blocks within 30 dB of the
   * loudest. So an alarm's pauses, however long, do not count.
   */
  public static double activeRms(float[] samples) {
    double loudest = 0;
    for (int at = 0; at < samples.length; at += BLOCK) {
      loudest = Math.max(loudest, blockRms(samples, at));
    }
    double floor = loudest * Level.gain(ACTIVE_DECIBELS);
    double sum = 0;
    int blocks = 0;
    for (int at = 0; at < samples.length; at += BLOCK) {
      double rms = blockRms(samples, at);
      if (rms > 0 && rms >= floor) {
        sum += rms * rms;
        blocks++;
      }
    }
    return blocks == 0 ? 0 : Math.sqrt(sum / blocks);
  }

  private static double blockRms(float[] samples, int at) {
    return Level.rms(samples, at, Math.min(samples.length, at + BLOCK));
  }
}
