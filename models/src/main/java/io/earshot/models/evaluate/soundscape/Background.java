package io.earshot.models.evaluate.soundscape;

import io.earshot.models.synth.Level;
import io.earshot.models.synth.MadeSounds;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What goes on behind the events.
 *
 * <pre>{@code
 * Background made = Background.made();
 * float[] minute = made.make(new SplittableRandom(1), 60 * 16_000);
 * Background recorded = (random, samples) -> LoopedSound.of(recording, random, samples);
 * }</pre>
 */
@FunctionalInterface
public interface Background {
  /**
   * A new array of that many samples, 16 kHz mono; equal states of the generator give equal sound.
   *
   * @throws IOException one line that names the file that cannot be read
   */
  float[] make(RandomGenerator random, int samples) throws IOException;

  /** A room's tone, pink noise, brown noise or a fan, at -40 dBFS. */
  static Background made() {
    List<MadeSounds> kinds =
        List.of(
            MadeSounds.ROOM_TONE, MadeSounds.PINK_NOISE, MadeSounds.BROWN_NOISE, MadeSounds.FAN);
    return (random, samples) -> {
      float[] made = kinds.get(random.nextInt(kinds.size())).make(random, samples);
      return Level.toRms(made, Level.gain(-40));
    };
  }
}
