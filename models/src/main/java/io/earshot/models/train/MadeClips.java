package io.earshot.models.train;

import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Sound;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clips of made sounds: smoke alarms, sirens, and backgrounds that are none of the classes.
 *
 * <pre>{@code
 * List<TrainingClip> clips = MadeClips.make(List.of(1, 2, 3, 4), 1);
 * }</pre>
 */
public final class MadeClips {
  public static final String SMOKE_ALARM = "smoke_alarm";
  public static final String SIREN = "siren";
  public static final String BACKGROUND = "background";

  private static final int PER_FOLD = 40;
  private static final int SECONDS = 5;

  private MadeClips() {}

  /** The same number of clips of each kind for each fold. */
  public static List<TrainingClip> make(List<Integer> folds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrainingClip> clips = new ArrayList<>();
    for (int fold : folds) {
      for (int i = 0; i < PER_FOLD; i++) {
        clips.add(clip(SMOKE_ALARM, MadeSounds.SMOKE_ALARM, fold, random));
        clips.add(clip(SIREN, MadeSounds.SIREN, fold, random));
        int kind = i % MadeSounds.BACKGROUNDS.size();
        clips.add(clip(BACKGROUND, MadeSounds.BACKGROUNDS.get(kind), fold, random));
      }
    }
    return clips;
  }

  private static TrainingClip clip(
      String label, MadeSounds sound, int fold, SplittableRandom random) {
    float[] samples = sound.make(random.split(), SECONDS * Sound.SAMPLE_RATE);
    return new TrainingClip("made " + sound.name(), label, fold, samples);
  }
}
