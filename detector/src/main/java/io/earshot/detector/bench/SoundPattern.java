package io.earshot.detector.bench;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.SegmentedClip;
import java.util.List;
import java.util.Random;

/**
 * Noise that is loud for 960 ms and quiet for the next, for ever: every segment begins or ends an
 * event where one of a model's scores follows the level.
 *
 * <pre>{@code
 * SoundPattern sound = new SoundPattern();
 * byte[] pcm = sound.frame(seq); // 100 ms, s16le
 * float[] loud = sound.patches(new LogMel(0.01), 960).get(0);
 * }</pre>
 */
public final class SoundPattern {
  /** Samples of a frame: 100 ms. */
  public static final int FRAME_SAMPLES = 1_600;

  private static final int LEVEL_SAMPLES = LogMel.ROWS * LogMel.HOP_SAMPLES;

  /** After 9.6 s a loud stretch begins with a frame again. */
  private static final int FRAMES = 96;

  private static final double LOUD = 8_000;
  private static final double QUIET = 80;

  private final short[] samples = new short[FRAMES * FRAME_SAMPLES];
  private final byte[][] frames = new byte[FRAMES][2 * FRAME_SAMPLES];

  public SoundPattern() {
    Random random = new Random(7);
    for (int i = 0; i < samples.length; i++) {
      double level = i / LEVEL_SAMPLES % 2 == 0 ? LOUD : QUIET;
      double value = Math.max(-3, Math.min(3, random.nextGaussian()));
      samples[i] = (short) (level * value);
      byte[] frame = frames[i / FRAME_SAMPLES];
      int at = 2 * (i % FRAME_SAMPLES);
      frame[at] = (byte) samples[i];
      frame[at + 1] = (byte) (samples[i] >> 8);
    }
  }

  /** The PCM of a stream's frame, s16le; not to be written to. */
  public byte[] frame(long seq) {
    return frames[(int) (seq % FRAMES)];
  }

  /**
   * The patches of the first 9.6 s as the segment stage computes them; loud and quiet ones take
   * turns at a hop of 960 ms.
   */
  public List<float[]> patches(LogMel logMel, int hopMillis) {
    float[] sound = new float[samples.length];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = samples[i] / 32_768f;
    }
    return SegmentedClip.of(sound, logMel, hopMillis).patches();
  }
}
