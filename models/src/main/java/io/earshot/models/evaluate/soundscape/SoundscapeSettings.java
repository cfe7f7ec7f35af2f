package io.earshot.models.evaluate.soundscape;

import io.earshot.models.synth.Sound;
import java.util.List;

/**
 * How soundscapes are mixed.
 *
 * <pre>{@code
 * SoundscapeSettings settings = new SoundscapeSettings(60, List.of(20.0, 10.0, 0.0), 1);
 * }</pre>
 *
 * @param seconds how long each is, 10 to 3600
 * @param snrs decibels of an event over the background, drawn in turn; at least one, -40 to 80
 * @param seed of all that is drawn
 */
public record SoundscapeSettings(double seconds, List<Double> snrs, long seed) {
  /**
   * As said.
   *
   * @throws IllegalArgumentException a value is out of range; the message names it
   */
  public SoundscapeSettings {
    if (!(seconds >= 10 && seconds <= 3600)) {
      throw new IllegalArgumentException("a scene must last 10 to 3600 seconds, not " + seconds);
    }
    if (snrs.isEmpty() || !snrs.stream().allMatch(snr -> snr >= -40 && snr <= 80)) {
      throw new IllegalArgumentException(
          "signal-to-noise ratios must be -40 to 80 decibels, not " + snrs);
    }
    snrs = List.copyOf(snrs);
  }

  int samples() {
    return (int) Math.round(seconds * Sound.SAMPLE_RATE);
  }
}
