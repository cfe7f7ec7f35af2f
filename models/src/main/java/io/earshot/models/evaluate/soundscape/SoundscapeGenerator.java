package io.earshot.models.evaluate.soundscape;

import io.earshot.models.evaluate.sed.SoundEvent;
import io.earshot.models.synth.Level;
import io.earshot.models.synth.Mixing;
import io.earshot.models.synth.Sound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Mixes clips over backgrounds at given signal-to-noise ratios.
 *
 * <pre>{@code
 * SoundscapeSettings settings = new SoundscapeSettings(60, List.of(20.0, 10.0, 0.0), 1);
 * SoundscapeGenerator generator = new SoundscapeGenerator(clips, Background.made(), settings);
 * Soundscape first = generator.soundscape(0);
 * }</pre>
 *
 * <p>Events follow each other after 2 to 5 s; one in five of them begins while one of another label
 * is still heard. Within a scene no label comes up twice before each has once, nor a clip. The
 * level of an event is set by its RMS over its active part and the background's over the same
 * stretch; over a stretch of digital silence it keeps its own. A scene that would clip is scaled
 * down as a whole.
 *
 * <p>Each soundscape depends on the settings and its index alone: equal ones are equal, sample by
 * sample.
 *
 * <p>Source of the procedure: J. Salamon et al., "Scaper: a library for soundscape synthesis and
 * augmentation", WASPAA 2017.
 */
public final class SoundscapeGenerator {
  private static final double OVERLAPS = 0.2;
  private static final double LEAST_GAP_SECONDS = 2;
  private static final double MOST_GAP_SECONDS = 5;
  private static final double LONGEST_EVENT_SECONDS = 10;
  private static final float PEAK = 0.99f;

  private final Clips clips;
  private final Background background;
  private final SoundscapeSettings settings;

  public SoundscapeGenerator(Clips clips, Background background, SoundscapeSettings settings) {
    this.clips = clips;
    this.background = background;
    this.settings = settings;
  }

  /** What that soundscape is called: {@code scene-001.wav} is the first. */
  public static String file(int index) {
    return String.format(Locale.ROOT, "scene-%03d.wav", index + 1);
  }

  /**
   * Mixes one.
   *
   * @param index 0 and up
   * @throws IOException a clip or background cannot be read, or all of a label are silent
   */
  public Soundscape soundscape(int index) throws IOException {
    SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + index);
    SplittableRandom events = random.split();
    float[] behind = background.make(random, settings.samples());
    float[] mix = behind.clone();
    Deck<Double> snrs = new Deck<>(settings.snrs(), events);
    List<MixedEvent> truth = new ArrayList<>();
    for (Placed placed : place(events)) {
      double snr = snrs.draw();
      Mixing.add(placed.clip.samples(), mix, placed.at, placed.gain(behind, snr));
      truth.add(new MixedEvent(placed.event(file(index)), snr));
    }
    truth.sort(Comparator.comparingDouble(event -> event.event().onset()));
    float peak = Level.peak(mix);
    return new Soundscape(file(index), peak > PEAK ? Level.scale(mix, PEAK / peak) : mix, truth);
  }

  /**
   * @param at index of its first sample
   */
  private record Placed(TrimmedClip clip, int at) {
    int end() {
      return at + clip.length();
    }

    double gain(float[] behind, double snr) {
      double noise = Level.rms(behind, at, end());
      double signal = Level.rms(clip.samples(), 0, clip.length());
      return noise > 0 ? Level.gain(snr) * noise / signal : 1;
    }

    SoundEvent event(String file) {
      double rate = Sound.SAMPLE_RATE;
      return new SoundEvent(file, at / rate, end() / rate, clip.label());
    }
  }

  private List<Placed> place(RandomGenerator random) throws IOException {
    Drawing drawing = new Drawing(random);
    List<Placed> placed = new ArrayList<>();
    int quietFrom = 0;
    Placed open = null; // May be overlapped by one more.
    for (TrimmedClip clip = drawing.next(); ; clip = drawing.next()) {
      boolean overlaps =
          open != null && !open.clip.label().equals(clip.label()) && random.nextDouble() < OVERLAPS;
      int at = overlaps ? within(open, random) : quietFrom + gap(random);
      Placed next = new Placed(clip, at);
      if (next.end() > settings.samples()) {
        return placed;
      }
      placed.add(next);
      quietFrom = Math.max(quietFrom, next.end());
      open = overlaps ? null : next;
    }
  }

  private static int within(Placed open, RandomGenerator random) {
    return open.at + (int) (random.nextDouble() * open.clip.length());
  }

  private static int gap(RandomGenerator random) {
    double share = random.nextDouble();
    double seconds = LEAST_GAP_SECONDS + share * (MOST_GAP_SECONDS - LEAST_GAP_SECONDS);
    return (int) (seconds * Sound.SAMPLE_RATE);
  }

  /** Labels in turn, and of each its clips in turn. */
  private final class Drawing {
    private final RandomGenerator random;
    private final Deck<String> labels;
    private final Map<String, Deck<Integer>> indices = new HashMap<>();

    Drawing(RandomGenerator random) {
      this.random = random;
      this.labels = new Deck<>(clips.labels(), random);
    }

    TrimmedClip next() throws IOException {
      String label = labels.draw();
      int count = clips.count(label);
      Deck<Integer> deck =
          indices.computeIfAbsent(
              label, it -> new Deck<>(IntStream.range(0, count).boxed().toList(), random));
      double longest = Math.min(LONGEST_EVENT_SECONDS, settings.seconds() / 2);
      int samples = (int) (longest * Sound.SAMPLE_RATE);
      for (int tries = 0; tries < 2 * count; tries++) {
        TrimmedClip clip = TrimmedClip.of(label, clips.samples(label, deck.draw()), samples);
        if (!clip.isSilent()) {
          return clip;
        }
      }
      throw new IOException("no clip of the label " + label + " holds any sound");
    }
  }
}
