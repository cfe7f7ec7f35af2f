package io.earshot.models.synth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sounds in a room, one after the other or at once, and the truth about them.
 *
 * <pre>{@code
 * Scene scene = Scene.of(42, 60).with("smoke_alarm", MadeSounds.SMOKE_ALARM, 4, 13, -6);
 * float[] samples = scene.render();
 * List<Scene.Part> truth = scene.truth();
 * }</pre>
 *
 * <p>16 kHz mono, in [-1, 1]. Equal scenes render equal samples, bit for bit; a part sounds the
 * same whatever parts are added after it. Immutable.
 */
public final class Scene {
  /**
   * One sound of a scene.
   *
   * @param label what a detector should say
   * @param onset seconds from the scene's beginning
   * @param offset likewise; a pattern's pauses belong to it
   * @param decibels from the sound's own level
   * @param around whether it comes from everywhere, and not from a place in the room
   */
  public record Part(
      String label, Sound sound, double onset, double offset, double decibels, boolean around) {
    public Part {
      if (!(0 <= onset && onset < offset)) {
        throw new IllegalArgumentException(label + " lasts from " + onset + " to " + offset);
      }
    }
  }

  /** A furnished one; whatever sounds is near. */
  private static final Room ROOM = new Room(0.2, 60, 0.4);

  private static final double ROOM_TONE_DECIBELS = -50;
  private static final double FADE_IN_SECONDS = 0.01;

  /** Longer: a sound that is cut off sounds like something that falls. */
  private static final double FADE_OUT_SECONDS = 0.2;

  /** The longest pause that a pattern may begin with. */
  private static final int PAUSE = 6 * Sound.SAMPLE_RATE;

  /** A sample this far below the peak is heard. */
  private static final double HEARD_DECIBELS = -20;

  private final long seed;
  private final double seconds;
  private final List<Part> parts;

  private Scene(long seed, double seconds, List<Part> parts) {
    this.seed = seed;
    this.seconds = seconds;
    this.parts = parts;
  }

  /** A room in which nothing happens. */
  public static Scene of(long seed, double seconds) {
    return new Scene(seed, seconds, List.of());
  }

  /**
   * The same with one more part, somewhere in the room.
   *
   * @throws IllegalArgumentException if the part has no length or leaves the scene
   */
  public Scene with(String label, Sound sound, double onset, double offset, double decibels) {
    return with(new Part(label, sound, onset, offset, decibels, false));
  }

  /** The same with one more part that is all around, as rain is: no wall throws it back. */
  public Scene withAround(String label, Sound sound, double onset, double offset, double decibels) {
    return with(new Part(label, sound, onset, offset, decibels, true));
  }

  private Scene with(Part part) {
    if (part.offset > seconds) {
      throw new IllegalArgumentException(
          part.label + " ends at " + part.offset + " of " + seconds + " s");
    }
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Scene(seed, seconds, List.copyOf(more));
  }

  public double seconds() {
    return seconds;
  }

  /** What happens, by onset. */
  public List<Part> truth() {
    return parts.stream().sorted(Comparator.comparingDouble(Part::onset)).toList();
  }

  /** The samples of the whole scene, a new array. */
  public float[] render() {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom room = random.split();
    float[] placed = new float[samples(seconds)];
    float[] around = new float[placed.length];
    for (Part part : parts) {
      float[] sound = sound(part, random.split());
      float[] out = part.around ? around : placed;
      Mixing.add(sound, out, samples(part.onset), Level.gain(part.decibels));
    }
    float[] scene = ROOM.apply(room, placed);
    Mixing.add(around, scene, 0, 1);
    float[] tone = MadeSounds.ROOM_TONE.make(room, scene.length);
    Mixing.add(tone, scene, 0, Level.gain(ROOM_TONE_DECIBELS));
    return clip(scene);
  }

  /** As long as the part, audible from its first moment on. */
  private static float[] sound(Part part, SplittableRandom random) {
    int length = samples(part.offset) - samples(part.onset);
    float[] made = part.sound.make(random, length + PAUSE);
    double heard = Level.peak(made) * Level.gain(HEARD_DECIBELS);
    int from = 0;
    while (from < PAUSE && Math.abs(made[from]) < heard) {
      from++;
    }
    float[] sound = new float[length];
    for (int i = 0; i < length; i++) {
      double in = i / (FADE_IN_SECONDS * Sound.SAMPLE_RATE);
      double out = (length - i) / (FADE_OUT_SECONDS * Sound.SAMPLE_RATE);
      sound[i] = (float) (Math.min(1, Math.min(in, out)) * made[from + i]);
    }
    return sound;
  }

  private static float[] clip(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.max(-1, Math.min(1, samples[i]));
    }
    return samples;
  }

  private static int samples(double seconds) {
    return (int) Math.round(seconds * Sound.SAMPLE_RATE);
  }
}
