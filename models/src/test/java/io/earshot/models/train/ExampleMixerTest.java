package io.earshot.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExampleMixerTest {
  private static final int TONE = 0;
  private static final int BACKGROUND = 1;

  private static ExampleMixer mixer() {
    float[] tone = new float[80_000];
    // Heard in a tenth of five seconds, as a sneeze is.
    for (int i = 32_000; i < 33_600; i++) {
      tone[i] = (float) (0.3 * Math.sin(2 * Math.PI * 1000 * i / 16_000.0));
    }
    return new ExampleMixer(
        List.of(
            List.of(new TrainingClip("tone", "tone", 1, tone)),
            List.of(new TrainingClip("silence", "background", 1, new float[80_000]))),
        BACKGROUND,
        0.001);
  }

  @Test
  void equalSeedsMakeEqualExamples() {
    Example first = mixer().make(new SplittableRandom(7));
    Example again = mixer().make(new SplittableRandom(7));
    assertThat(again.patch()).isEqualTo(first.patch());
    assertThat(again.targets()).isEqualTo(first.targets());
    assertThat(mixer().make(new SplittableRandom(8)).patch()).isNotEqualTo(first.patch());
  }

  @Test
  void aLabelIsOnlyLearntWhereSomethingIsHeard() {
    ExampleMixer mixer = mixer();
    SplittableRandom random = new SplittableRandom(1);
    double silence = Math.log(0.001);
    int tones = 0;
    for (int i = 0; i < 200; i++) {
      Example example = mixer.make(random);
      float loudest = (float) silence;
      for (float value : example.patch()) {
        assertThat(value).isFinite();
        loudest = Math.max(loudest, value);
      }
      if (example.targets()[TONE] == 1) {
        tones++;
        assertThat(loudest).isGreaterThan((float) silence + 1);
        assertThat(example.targets()[BACKGROUND]).isZero();
      }
    }
    assertThat(tones).isBetween(60, 140);
  }
}
