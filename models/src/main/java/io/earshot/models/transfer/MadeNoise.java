package io.earshot.models.transfer;

import io.earshot.models.synth.Level;
import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Sound;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Silence and coloured noise, which no class may be heard in.
 *
 * @param decibels the gain, 0 or less
 */
record MadeNoise(MadeSounds kind, double decibels, long seed) {
  static final List<MadeSounds> KINDS =
      List.of(
          MadeSounds.SILENCE,
          MadeSounds.FAINT_NOISE,
          MadeSounds.WHITE_NOISE,
          MadeSounds.PINK_NOISE,
          MadeSounds.BROWN_NOISE,
          MadeSounds.ROOM_TONE);

  private static final int SECONDS = 5;

  /** The kinds in turn, at levels that differ by up to 40 dB. */
  static List<MadeNoise> draw(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new MadeNoise(
                    KINDS.get(i % KINDS.size()), random.nextDouble(-40, 0), random.nextLong()))
        .toList();
  }

  float[] samples() {
    float[] samples = kind.make(new SplittableRandom(seed), SECONDS * Sound.SAMPLE_RATE);
    return Level.scale(samples, Level.gain(decibels));
  }

  /** For people: "white noise". */
  String words() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
