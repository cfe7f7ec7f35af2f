package io.earshot.models.train;

import io.earshot.models.feature.LogMel;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Random pieces of clips, as long as a patch, played up to 12 % faster or slower.
 *
 * <p>A label says what is heard somewhere in the clip. Pieces more than 20 dB below the clip's
 * loudest are cut again, and after ten tries the loudest itself is taken, so that the pause between
 * two barks is not learnt as a dog. A clip shorter than a patch is put somewhere into silence,
 * whole if it fits.
 */
final class ClipPieces {
  static final int SAMPLES = LogMel.PATCH_SAMPLES;

  private static final double SPEED_RANGE = 0.12;
  private static final double HEARD = 0.1;
  private static final int TRIES = 10;

  private final Map<TrainingClip, Loudest> loudest = new HashMap<>();

  /** The clip's loudest piece, among those a quarter apart. */
  private record Loudest(int start, double level) {}

  /** A new array of {@link #SAMPLES}. */
  float[] cut(TrainingClip clip, RandomGenerator random) {
    double speed = Math.exp(random.nextDouble(-SPEED_RANGE, SPEED_RANGE));
    float[] samples = clip.samples();
    int needed = (int) (SAMPLES * speed) + 2;
    return samples.length < needed
        ? placed(samples, speed, random)
        : played(samples, start(clip, needed, random), speed);
  }

  private int start(TrainingClip clip, int needed, RandomGenerator random) {
    Loudest piece = loudest.computeIfAbsent(clip, ClipPieces::loudestPiece);
    int last = clip.samples().length - needed;
    for (int i = 0; i < TRIES; i++) {
      int start = random.nextInt(last + 1);
      if (rms(clip.samples(), start, SAMPLES) >= HEARD * piece.level()) {
        return start;
      }
    }
    return Math.min(piece.start(), last);
  }

  private static Loudest loudestPiece(TrainingClip clip) {
    Loudest max = new Loudest(0, 0);
    for (int at = 0; at + SAMPLES <= clip.samples().length; at += SAMPLES / 4) {
      double level = rms(clip.samples(), at, SAMPLES);
      max = level > max.level() ? new Loudest(at, level) : max;
    }
    return max;
  }

  private static float[] placed(float[] samples, double speed, RandomGenerator random) {
    int length = Math.min(SAMPLES, (int) ((samples.length - 1) / speed));
    float[] piece = new float[SAMPLES];
    int at = random.nextInt(SAMPLES - length + 1);
    System.arraycopy(played(samples, 0, speed), 0, piece, at, length);
    return piece;
  }

  /** Linear interpolation: what it dulls above 6 kHz is one variation more. */
  private static float[] played(float[] samples, int start, double speed) {
    float[] piece = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double position = start + i * speed;
      int before = (int) position;
      if (before + 1 >= samples.length) {
        break;
      }
      double part = position - before;
      piece[i] = (float) (samples[before] * (1 - part) + samples[before + 1] * part);
    }
    return piece;
  }

  /** Root mean square, over {@code count} samples from {@code from} on, less beyond the end. */
  static double rms(float[] samples, int from, int count) {
    double sum = 0;
    int to = Math.min(samples.length, from + count);
    for (int i = from; i < to; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / count);
  }
}
