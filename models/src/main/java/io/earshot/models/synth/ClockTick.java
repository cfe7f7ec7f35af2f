package io.earshot.models.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mechanical clock: tick and tock in turn, each the two or three knocks of an escapement that the
 * movement and the case answer.
 */
final class ClockTick implements Sound {
  private static final int MODES = 80;

  @Override
  public float[] make(RandomGenerator random, int samples) {
    double interval = 1 / Draw.ratioBetween(random, 1, 4);
    double limp = Draw.between(random, 0, 0.08) * interval;
    double jitter = 0.001;
    Knock tick = Knock.draw(random);
    Knock tock = Draw.chance(random, 0.7) ? tick.answer(random) : tick;
    float[] out = new float[samples];
    boolean even = random.nextBoolean();
    // The first tick is within the piece, however short.
    double first = Math.min(interval, samples / 2.0 / SAMPLE_RATE) * random.nextDouble();
    for (double t = first; t * SAMPLE_RATE < samples; t += interval) {
      double late = (even ? 0 : limp) + jitter * random.nextDouble();
      (even ? tick : tock).add(random, out, (int) ((t + late) * SAMPLE_RATE));
      even = !even;
    }
    // A clock is recorded so close that the room behind it is heard between the ticks.
    float[] room = Level.toPeak(Noise.pink(random, samples), Level.peak(out));
    Mixing.add(room, out, 0, Level.gain(Draw.between(random, -32, -18)));
    return out;
  }

  /** What rings after a knock: the case, or a part of the movement. */
  private record Mode(double hertz, double decaySeconds, double share) {}

  /**
   * One tick.
   *
   * @param gaps seconds between its knocks
   */
  private record Knock(double loudness, List<Double> gaps, List<Mode> modes) {
    static Knock draw(RandomGenerator random) {
      List<Double> gaps = new ArrayList<>();
      for (int left = random.nextInt(4); left > 0; left--) {
        gaps.add(Draw.ratioBetween(random, 0.004, 0.02));
      }
      double centre = Draw.ratioBetween(random, 1_500, 4_000);
      double decay = Draw.ratioBetween(random, 0.008, 0.025);
      List<Mode> modes = new ArrayList<>();
      // So many that none sings: a knock, not a note.
      for (int i = 0; i < MODES; i++) {
        double hertz = Math.min(7_500, centre * Math.exp(0.8 * random.nextGaussian()));
        double fade = decay * Draw.ratioBetween(random, 0.3, 1.5) * Math.sqrt(centre / hertz);
        modes.add(new Mode(hertz, fade, Draw.between(random, 0.3, 1)));
      }
      return new Knock(1, gaps, modes);
    }

    /** The other half of the beat: the same clock, a little higher or lower and softer. */
    Knock answer(RandomGenerator random) {
      double pitch = Draw.between(random, 0.8, 1.1);
      List<Mode> moved =
          modes.stream()
              .map(mode -> new Mode(mode.hertz * pitch, mode.decaySeconds, mode.share))
              .toList();
      return new Knock(Draw.between(random, 0.5, 1), gaps, moved);
    }

    void add(RandomGenerator random, float[] out, int at) {
      strike(random, out, at, loudness * Draw.between(random, 0.85, 1));
      double when = at;
      for (double gap : gaps) {
        when += gap * SAMPLE_RATE;
        strike(random, out, (int) when, loudness * Draw.between(random, 0.3, 0.9));
      }
    }

    private void strike(RandomGenerator random, float[] out, int at, double strength) {
      Ring.click(random, out, at, 0.001, strength);
      for (Mode mode : modes) {
        // No two knocks strike the same spot.
        double share = mode.share * strength * random.nextGaussian() / Math.sqrt(MODES);
        Ring.add(out, at, mode.hertz, mode.decaySeconds, share);
      }
    }
  }
}
