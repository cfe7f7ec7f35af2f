package io.earshot.models.train;

import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Sound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Clips of made sounds: smoke alarms, sirens, backgrounds that are none of the classes, and some
 * more of classes that there are recordings of.
 *
 * <pre>{@code
 * List<TrainingClip> clips = MadeClips.make(List.of(1, 2, 3, 4), 1);
 * clips.addAll(MadeClips.more(labels, 1));
 * }</pre>
 */
public final class MadeClips {
  public static final String SMOKE_ALARM = "smoke_alarm";
  public static final String SIREN = "siren";
  public static final String BACKGROUND = "background";

  private static final int PER_FOLD = 40;
  private static final int ALWAYS_LEARNT = 0;

  /** Half as many as there are recordings of a class in ESC-10. */
  private static final int MORE_CLIPS = 16;

  private static final Map<String, MadeSounds> MORE =
      new TreeMap<>(Map.of("rain", MadeSounds.RAIN, "clock_tick", MadeSounds.CLOCK_TICK));

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

  /**
   * Clips of those of the labels that can be made, to be learnt from only: what is judged must be
   * real.
   */
  public static List<TrainingClip> more(List<String> labels, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrainingClip> clips = new ArrayList<>();
    for (Map.Entry<String, MadeSounds> made : MORE.entrySet()) {
      for (int i = 0; i < MORE_CLIPS && labels.contains(made.getKey()); i++) {
        clips.add(clip(made.getKey(), made.getValue(), ALWAYS_LEARNT, random));
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
