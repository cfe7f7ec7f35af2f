package io.earshot.models.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a cheap microphone or loudspeaker does to a sound.
 *
 * <pre>{@code
 * Equaliser microphone = Equaliser.draw(random);
 * float[] coloured = microphone.apply(samples);
 * }</pre>
 *
 * <p>A tilt of up to 6 dB between low and high, often a low-pass (2 to 7.5 kHz) and a high-pass (50
 * to 500 Hz). The level falls with what is taken away. Immutable; any thread may use it.
 */
public final class Equaliser {
  private static final double PIVOT_HZ = 1_000;

  private final List<Biquad> filters;

  private Equaliser(List<Biquad> filters) {
    this.filters = filters;
  }

  /** Any of them. */
  public static Equaliser draw(RandomGenerator random) {
    List<Biquad> filters = new ArrayList<>();
    filters.add(Biquad.highShelf(PIVOT_HZ, Draw.between(random, -6, 6)));
    if (random.nextBoolean()) {
      filters.add(Biquad.lowPass(Draw.ratioBetween(random, 2_000, 7_500), Biquad.FLAT_Q));
    }
    if (random.nextBoolean()) {
      filters.add(Biquad.highPass(Draw.ratioBetween(random, 50, 500), Biquad.FLAT_Q));
    }
    return new Equaliser(List.copyOf(filters));
  }

  /** The sound through it, a new array. */
  public float[] apply(float[] samples) {
    float[] out = samples.clone();
    for (Biquad filter : filters) {
      filter.apply(out);
    }
    return out;
  }
}
