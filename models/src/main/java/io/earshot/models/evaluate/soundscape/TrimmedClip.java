package io.earshot.models.evaluate.soundscape;

import io.earshot.models.synth.Level;
import io.earshot.models.synth.Sound;
import java.util.Arrays;

/**
 * The active part of a clip: from the first to the last sample within 40 dB of its peak, with short
 * fades. What is silent before or after is cut off, so that onset and offset are those of the
 * sound; pauses inside belong to it.
 */
final class TrimmedClip {
  private static final double ACTIVE_DECIBELS = -40;
  private static final int FADE = Sound.SAMPLE_RATE / 200;

  private final String label;
  private final float[] samples;

  private TrimmedClip(String label, float[] samples) {
    this.label = label;
    this.samples = samples;
  }

  /**
   * @param longest how many samples it may keep: of a longer one the beginning
   */
  static TrimmedClip of(String label, float[] clip, int longest) {
    float[] active = active(clip);
    float[] kept = active.length > longest ? active(Arrays.copyOf(active, longest)) : active;
    return new TrimmedClip(label, fade(kept));
  }

  String label() {
    return label;
  }

  /** The caller must not change them. */
  float[] samples() {
    return samples;
  }

  int length() {
    return samples.length;
  }

  boolean isSilent() {
    return samples.length == 0;
  }

  private static float[] active(float[] clip) {
    double least = Level.peak(clip) * Level.gain(ACTIVE_DECIBELS);
    int from = 0;
    int to = clip.length;
    while (from < to && !isActive(clip[from], least)) {
      from++;
    }
    while (to > from && !isActive(clip[to - 1], least)) {
      to--;
    }
    return Arrays.copyOfRange(clip, from, to);
  }

  private static boolean isActive(float sample, double least) {
    return sample != 0 && Math.abs(sample) >= least;
  }

  /** In place: 5 ms, never from nothing, so that the first and the last sample are heard. */
  private static float[] fade(float[] samples) {
    int fade = Math.min(FADE, samples.length / 4);
    for (int i = 0; i < fade; i++) {
      float gain = (i + 1f) / (fade + 1f);
      samples[i] *= gain;
      samples[samples.length - 1 - i] *= gain;
    }
    return samples;
  }
}
