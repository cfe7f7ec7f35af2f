package io.earshot.models.transfer;

import io.earshot.models.feature.LogMel;
import io.earshot.models.synth.Level;
import io.earshot.models.synth.Mixing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Two clips of different classes at once: both are heard, and no third.
 *
 * <p>Mixed are the loudest segments of both, at equal level or up to 6 dB apart. Both come from one
 * fold, so that no mixture gives away what is judged by.
 */
final class Mixtures {
  private static final double RANGE_DECIBELS = 6;
  private static final double WORKING_RMS = 0.1;

  private final ClipEmbedder embedder;

  private record Pair(Clip first, Clip second, double decibels) {}

  Mixtures(ClipEmbedder embedder) {
    this.embedder = embedder;
  }

  /** One mixture for every clip that has a partner. */
  List<Mixture> make(List<Clip> clips, long seed, Listener listener) {
    return embedder.each("Mixing clips", pairs(clips, seed), this::mixture, listener);
  }

  private static List<Pair> pairs(List<Clip> clips, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Pair> pairs = new ArrayList<>();
    for (Clip first : clips) {
      List<Clip> partners = clips.stream().filter(second -> fit(first, second)).toList();
      if (!partners.isEmpty()) {
        Clip second = partners.get(random.nextInt(partners.size()));
        pairs.add(new Pair(first, second, random.nextDouble(-RANGE_DECIBELS, RANGE_DECIBELS)));
      }
    }
    return pairs;
  }

  private static boolean fit(Clip first, Clip second) {
    return first.fold() == second.fold()
        && first.labels().stream().noneMatch(second.labels()::contains);
  }

  /**
   * None if a clip that the cache knew cannot be decoded any more: its label is learnt all the
   * same.
   */
  private Mixture mixture(Pair pair) {
    try {
      return mixed(pair);
    } catch (IOException e) {
      return null;
    }
  }

  private Mixture mixed(Pair pair) throws IOException {
    String recipe =
        "mixture %s %s %s".formatted(pair.first.digest(), pair.second.digest(), pair.decibels);
    EmbeddedClip sound = embedder.made(recipe, () -> samples(pair));
    Clip both =
        new Clip(
            pair.first.name() + " + " + pair.second.name(),
            Stream.concat(pair.first.labels().stream(), pair.second.labels().stream()).toList(),
            pair.first.fold(),
            pair.first.recording(),
            recipe,
            () -> samples(pair),
            sound);
    return new Mixture(both, List.of(pair.first.recording(), pair.second.recording()));
  }

  private float[] samples(Pair pair) throws IOException {
    float[] mixed = loudest(pair.first);
    Mixing.add(loudest(pair.second), mixed, 0, Level.gain(pair.decibels));
    return mixed;
  }

  private float[] loudest(Clip clip) throws IOException {
    EmbeddedClip sound = clip.sound();
    int from = embedder.hopSamples() * sound.levels().indexOf(sound.loudest());
    float[] samples = clip.source().samples();
    return Level.toRms(Arrays.copyOfRange(samples, from, from + LogMel.PATCH_SAMPLES), WORKING_RMS);
  }
}
