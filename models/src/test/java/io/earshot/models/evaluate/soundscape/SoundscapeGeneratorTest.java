package io.earshot.models.evaluate.soundscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.evaluate.sed.SoundEvent;
import io.earshot.models.synth.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SoundscapeGeneratorTest {
  private static final int RATE = 16_000;
  private static final Background SILENCE = (random, samples) -> new float[samples];
  private static final List<Double> SNRS = List.of(20.0, 10.0, 0.0);

  private final TestClips clips =
      new TestClips()
          .with("low", tone(300, 1.5), tone(350, 2.5))
          .with("high", tone(3_000, 1), tone(3_500, 3))
          .with("noise", noise(2));

  @Test
  void anEventsLevelOverTheBackgroundIsTheRatioAskedFor() throws Exception {
    int measured = 0;
    for (int index = 0; index < 4; index++) {
      Soundscape with = generator(Background.made(), SNRS).soundscape(index);
      float[] behind = behind(index);
      double scale = scale(with, behind);
      for (MixedEvent event : with.events()) {
        if (overlapped(event, with.events())) {
          continue;
        }
        int from = sample(event.event().onset());
        int to = sample(event.event().offset());
        double signal = 0;
        double noise = 0;
        for (int i = from; i < to; i++) {
          double clip = with.samples()[i] - scale * behind[i];
          signal += clip * clip;
          noise += scale * scale * behind[i] * behind[i];
        }
        assertThat(10 * Math.log10(signal / noise)).isCloseTo(event.snr(), within(0.05));
        assertThat(SNRS).contains(event.snr());
        measured++;
      }
    }
    assertThat(measured).isGreaterThan(20);
  }

  @Test
  void outsideTheTruthThereIsNothingAndInsideItIsFromItsFirstToItsLastSample() throws Exception {
    for (int index = 0; index < 4; index++) {
      Soundscape scene = generator(SILENCE, SNRS).soundscape(index);
      boolean[] heard = new boolean[scene.samples().length];
      for (MixedEvent mixed : scene.events()) {
        int from = sample(mixed.event().onset());
        int to = sample(mixed.event().offset());
        assertThat(scene.samples()[from]).isNotZero();
        assertThat(scene.samples()[to - 1]).isNotZero();
        Arrays.fill(heard, from, to, true);
      }
      for (int i = 0; i < heard.length; i++) {
        assertThat(heard[i] || scene.samples()[i] == 0).as("sample %d", i).isTrue();
      }
    }
  }

  @Test
  void theSilenceAroundAClipIsCutOff() throws Exception {
    float[] clip = new float[5 * RATE];
    for (int i = RATE; i < 2 * RATE; i++) {
      clip[i] = 0.5f;
    }
    clip[0] = 0.0049f; // 40.2 dB below the peak.
    clip[4 * RATE] = 0.0049f;
    TestClips one = new TestClips().with("box", clip);
    SoundscapeSettings settings = new SoundscapeSettings(60, List.of(0.0), 1);
    Soundscape scene = new SoundscapeGenerator(one, SILENCE, settings).soundscape(0);
    assertThat(scene.events()).isNotEmpty();
    assertThat(scene.events())
        .allSatisfy(it -> assertThat(it.event().length()).isCloseTo(1, within(1e-9)));
  }

  @Test
  void aLongClipIsCutToTenSeconds() throws Exception {
    TestClips one = new TestClips().with("long", tone(500, 25));
    SoundscapeSettings settings = new SoundscapeSettings(60, List.of(0.0), 1);
    Soundscape scene = new SoundscapeGenerator(one, SILENCE, settings).soundscape(0);
    assertThat(scene.events().get(0).event().length()).isCloseTo(10, within(0.01));
  }

  @Test
  void equalSeedsGiveEqualSamplesWhateverWasMixedBefore() throws Exception {
    SoundscapeGenerator some = generator(Background.made(), SNRS);
    Soundscape first = some.soundscape(0);
    Soundscape second = some.soundscape(1);
    Soundscape again = generator(Background.made(), SNRS).soundscape(1);
    assertThat(again.samples()).isEqualTo(second.samples()).hasSize(60 * RATE);
    assertThat(again.events()).isEqualTo(second.events());
    assertThat(first.samples()).isNotEqualTo(second.samples());
    SoundscapeSettings otherSeed = new SoundscapeSettings(60, SNRS, 2);
    assertThat(new SoundscapeGenerator(clips, Background.made(), otherSeed).soundscape(1).samples())
        .isNotEqualTo(second.samples());
  }

  @Test
  void eventsOfOneLabelKeepApartAndThoseOfTwoOverlapSometimes() throws Exception {
    SoundscapeGenerator generator = generator(SILENCE, SNRS);
    int overlaps = 0;
    int events = 0;
    for (int index = 0; index < 20; index++) {
      Map<String, SoundEvent> last = new HashMap<>();
      List<MixedEvent> truth = generator.soundscape(index).events();
      for (MixedEvent mixed : truth) {
        SoundEvent event = mixed.event();
        SoundEvent before = last.put(event.label(), event);
        double gap = before == null ? 9 : event.onset() - before.offset();
        assertThat(gap).isGreaterThanOrEqualTo(1.99);
        overlaps += overlapped(mixed, truth) ? 1 : 0;
        events++;
      }
    }
    assertThat(overlaps).isBetween(events / 20, events / 2);
  }

  @Test
  void aSceneThatWouldClipIsScaledAsAWhole() throws Exception {
    Background loud = (random, samples) -> Level.toRms(noise(random, samples), 0.2);
    for (int index = 0; index < 4; index++) {
      Soundscape scene = generator(loud, List.of(20.0)).soundscape(index);
      assertThat(Level.peak(scene.samples())).isCloseTo(0.99f, within(1e-4f));
    }
  }

  @Test
  void aSilentClipIsPassedOverUnlessAllAre() throws Exception {
    TestClips some = new TestClips().with("a", new float[RATE], tone(500, 1), new float[0]);
    SoundscapeSettings settings = new SoundscapeSettings(20, List.of(0.0), 1);
    assertThat(new SoundscapeGenerator(some, SILENCE, settings).soundscape(0).events())
        .isNotEmpty();
    TestClips silent = new TestClips().with("quiet", new float[RATE]);
    SoundscapeGenerator none = new SoundscapeGenerator(silent, SILENCE, settings);
    assertThatThrownBy(() -> none.soundscape(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("quiet");
  }

  @Test
  void aRecordedBackgroundThatIsTooShortIsRepeatedWithoutASeam() {
    float[] second = new float[RATE];
    Arrays.fill(second, 0.5f);
    float[] ten = LoopedSound.of(second, new SplittableRandom(1), 10 * RATE);
    assertThat(ten).hasSize(10 * RATE);
    for (int i = 1; i < ten.length; i++) {
      // A sine and a cosine add up to 1 to 1.42, and neither jumps.
      assertThat(ten[i]).as("sample %d", i).isBetween(0.49f, 0.72f);
      assertThat(Math.abs(ten[i] - ten[i - 1])).isLessThan(0.01f);
    }
  }

  @Test
  void aLongRecordingIsTakenAsItIs() {
    float[] recording = noise(20);
    float[] piece = LoopedSound.of(recording, new SplittableRandom(1), RATE);
    int from = 0;
    while (recording[from] != piece[0]) {
      from++;
    }
    assertThat(piece).isEqualTo(Arrays.copyOfRange(recording, from, from + RATE));
  }

  private SoundscapeGenerator generator(Background background, List<Double> snrs) {
    return new SoundscapeGenerator(clips, background, new SoundscapeSettings(60, snrs, 1));
  }

  /** The background that this scene gets. */
  private float[] behind(int index) throws IOException {
    float[][] kept = new float[1][];
    Background spy =
        (random, samples) -> {
          kept[0] = Background.made().make(random, samples);
          return kept[0].clone();
        };
    generator(spy, SNRS).soundscape(index);
    return kept[0];
  }

  /** By how much the scene was scaled down, found before its first event. */
  private static double scale(Soundscape scene, float[] behind) {
    int end = sample(scene.events().get(0).event().onset());
    return Level.rms(scene.samples(), 0, end) / Level.rms(behind, 0, end);
  }

  private static boolean overlapped(MixedEvent event, List<MixedEvent> all) {
    return all.stream().anyMatch(it -> it != event && it.event().overlaps(event.event()));
  }

  private static int sample(double seconds) {
    assertThat(seconds * RATE).isCloseTo(Math.rint(seconds * RATE), within(1e-6));
    return (int) Math.rint(seconds * RATE);
  }

  private static float[] tone(double hertz, double seconds) {
    float[] tone = new float[(int) (seconds * RATE)];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.3 * Math.cos(2 * Math.PI * hertz * i / RATE));
    }
    return tone;
  }

  private static float[] noise(double seconds) {
    return noise(new Random(1), (int) (seconds * RATE));
  }

  private static float[] noise(RandomGenerator random, int samples) {
    float[] noise = new float[samples];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = 0.4f * (2 * random.nextFloat() - 1);
    }
    return noise;
  }

  private static final class TestClips implements Clips {
    private final Map<String, List<float[]>> clips = new TreeMap<>();

    TestClips with(String label, float[]... samples) {
      clips.put(label, List.of(samples));
      return this;
    }

    @Override
    public List<String> labels() {
      return new ArrayList<>(clips.keySet());
    }

    @Override
    public int count(String label) {
      return clips.get(label).size();
    }

    @Override
    public float[] samples(String label, int index) {
      return clips.get(label).get(index).clone();
    }
  }
}
