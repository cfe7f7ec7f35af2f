package io.earshot.models.synth;

import io.earshot.models.feature.LogMel;
import java.util.random.RandomGenerator;

/**
 * A kind of sound that can be made in any number of variations.
 *
 * <pre>{@code
 * RandomGenerator random = new SplittableRandom(42);
 * float[] first = MadeSounds.SIREN.make(random, 4 * Sound.SAMPLE_RATE);
 * float[] another = MadeSounds.SIREN.make(random, 4 * Sound.SAMPLE_RATE);
 * }</pre>
 *
 * <p>16 kHz mono, samples in [-1, 1].
 */
@FunctionalInterface
public interface Sound {
  /** Samples a second. */
  int SAMPLE_RATE = LogMel.SAMPLE_RATE;

  /**
   * Makes one variation, drawn from {@code random}; equal states of the generator give equal sound,
   * bit for bit on one machine and Java version: it does not specify how it draws Gaussians.
   *
   * @param samples 0 or more
   * @return a new array of {@code samples}
   */
  float[] make(RandomGenerator random, int samples);
}
