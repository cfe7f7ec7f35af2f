package io.earshot.detector.event;

/**
 * When a sound is loud for its stream; see {@link NoiseFloor}. The configuration holds the limits.
 *
 * @param marginDb how far above the noise floor a sound must be for a score of 0.5; above 0
 * @param riseDbPerSecond how fast the floor follows a level above it; above 0. A noise that has
 *     grown by d dB and stays is no event any more after (d - margin) / rise seconds
 * @param fallDbPerSecond how fast it follows a level below it; at least the rise
 * @param learnSeconds of a stream's sound from which the floor is learnt before anything is loud
 * @param lowestDbfs the floor is never below it, for what is far below is loud to nobody; -127 to 0
 */
public record LoudSoundRules(
    double marginDb,
    double riseDbPerSecond,
    double fallDbPerSecond,
    double learnSeconds,
    double lowestDbfs) {
  /**
   * 15 dB is a raised voice in a quiet talk; a lasting noise is given up after some ten seconds.
   */
  public static final LoudSoundRules DEFAULT = new LoudSoundRules(15, 1, 20, 3, -70);
}
