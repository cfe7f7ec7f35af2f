package io.earshot.models.train;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.synth.Equaliser;
import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Mixing;
import io.earshot.models.synth.Room;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes examples out of clips, none twice: a piece of a clip of any class, in a room or not, with
 * another piece beside it or not, noise, some equalising, any level.
 *
 * <p>The target of a sound mixed in below the other is twice its share of the amplitude: 1 when
 * both are equal, 0.18 at 20 dB below. Background is whatever the other classes leave.
 *
 * <p>Not for several threads: it owns its {@link LogMel}.
 */
final class ExampleMixer {
  private static final double MIX_CHANCE = 0.4;
  private static final double MIX_RANGE_DB = 20;
  private static final double ROOM_CHANCE = 0.1;
  private static final double EQUALISER_CHANCE = 0.15;
  private static final double NOISE_CHANCE = 0.1;
  private static final double QUIETEST_DB = -45;
  private static final double LOUDEST_DB = -6;
  private static final double WORKING_RMS = 0.1;
  private static final double SILENT = 1e-6;

  private final List<List<TrainingClip>> clipsByClass;
  private final int background;
  private final LogMel logMel;
  private final ClipPieces pieces = new ClipPieces();

  /**
   * Mixes examples of these classes.
   *
   * @param clipsByClass none of them empty
   * @param background the class that stands for none of the others
   */
  ExampleMixer(List<List<TrainingClip>> clipsByClass, int background, double logOffset) {
    this.clipsByClass = clipsByClass;
    this.background = background;
    this.logMel = new LogMel(logOffset);
  }

  Example make(RandomGenerator random) {
    float[] targets = new float[clipsByClass.size()];
    int label = random.nextInt(targets.length);
    float[] sound = piece(label, random);
    if (toLevel(sound, WORKING_RMS)) {
      targets[label] = 1;
      if (random.nextDouble() < MIX_CHANCE) {
        addAnother(sound, targets, random);
      }
      if (random.nextDouble() < NOISE_CHANCE) {
        addNoise(sound, random);
      }
      toLevel(sound, decibels(random.nextDouble(QUIETEST_DB, LOUDEST_DB)));
    }
    targets[background] = 1;
    for (int i = 0; i < targets.length; i++) {
      if (i != background) {
        targets[background] = Math.min(targets[background], 1 - targets[i]);
      }
    }
    return new Example(patch(sound), targets);
  }

  private float[] piece(int label, RandomGenerator random) {
    List<TrainingClip> clips = clipsByClass.get(label);
    float[] piece = pieces.cut(clips.get(random.nextInt(clips.size())), random);
    if (random.nextDouble() < ROOM_CHANCE) {
      piece = Room.draw(random).apply(random, piece);
    }
    return random.nextDouble() < EQUALISER_CHANCE ? Equaliser.draw(random).apply(piece) : piece;
  }

  private void addAnother(float[] sound, float[] targets, RandomGenerator random) {
    int label = random.nextInt(targets.length);
    float[] other = piece(label, random);
    double gain = decibels(-random.nextDouble(0, MIX_RANGE_DB));
    if (toLevel(other, WORKING_RMS)) {
      Mixing.add(other, sound, 0, gain);
      targets[label] = Math.max(targets[label], (float) (2 * gain / (1 + gain)));
    }
  }

  private static void addNoise(float[] sound, RandomGenerator random) {
    List<MadeSounds> kinds =
        List.of(MadeSounds.WHITE_NOISE, MadeSounds.PINK_NOISE, MadeSounds.BROWN_NOISE);
    float[] noise = kinds.get(random.nextInt(kinds.size())).make(random, sound.length);
    toLevel(noise, WORKING_RMS);
    Mixing.add(noise, sound, 0, decibels(-random.nextDouble(5, 35)));
  }

  /** False, and nothing done, if there is no sound. */
  private static boolean toLevel(float[] sound, double rms) {
    double level = ClipPieces.rms(sound, 0, sound.length);
    if (level < SILENT) {
      return false;
    }
    for (int i = 0; i < sound.length; i++) {
      sound[i] *= (float) (rms / level);
    }
    return true;
  }

  private float[] patch(float[] sound) {
    for (int i = 0; i < sound.length; i++) {
      sound[i] = Math.max(-1, Math.min(1, sound[i]));
    }
    return SegmentedClip.of(sound, logMel, BackboneRun.HOP_MILLIS).patches().get(0);
  }

  private static double decibels(double decibels) {
    return Math.pow(10, decibels / 20);
  }
}
