package io.earshot.models.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SceneTest {
  private static final Scene QUIET = Scene.of(1, 10);

  @Test
  void aPartIsHeardFromItsOnsetToItsOffset() {
    for (MadeSounds sound : MadeSounds.values()) {
      if (sound != MadeSounds.SILENCE && sound != MadeSounds.FAINT_NOISE) {
        float[] scene = QUIET.with("x", sound, 3, 8, 0).render();
        assertThat(peak(scene, 2.5, 2.999)).as("before %s", sound).isLessThan(0.01f);
        assertThat(peak(scene, 3, 3.1)).as("onset of %s", sound).isGreaterThan(0.02f);
        assertThat(peak(scene, 8.5, 10)).as("after %s", sound).isLessThan(0.01f);
      }
    }
  }

  @Test
  void theGainIsInDecibels() {
    float[] loud = QUIET.with("x", MadeSounds.SIREN, 3, 8, 0).render();
    float[] soft = QUIET.with("x", MadeSounds.SIREN, 3, 8, -20).render();
    double ratio = Level.rms(loud, 50_000, 120_000) / Level.rms(soft, 50_000, 120_000);
    assertThat(ratio).isCloseTo(10, within(0.1));
  }

  @Test
  void theTruthIsInOrderOfTime() {
    Scene scene =
        QUIET.with("rain", MadeSounds.RAIN, 5, 9, -6).with("siren", MadeSounds.SIREN, 1, 4, -6);
    assertThat(scene.truth()).extracting(Scene.Part::label).containsExactly("siren", "rain");
    assertThat(scene.truth().get(0).onset()).isEqualTo(1);
    assertThat(scene.truth().get(0).offset()).isEqualTo(4);
    assertThat(QUIET.truth()).isEmpty();
  }

  @Test
  void equalScenesRenderEqualSamples() {
    Scene scene = QUIET.with("siren", MadeSounds.SIREN, 1, 4, -6);
    assertThat(scene.render()).isEqualTo(scene.render()).hasSize(160_000);
    assertThat(Scene.of(2, 10).render()).isNotEqualTo(QUIET.render());
  }

  @Test
  void aPartMustFit() {
    assertThatThrownBy(() -> QUIET.with("x", MadeSounds.RAIN, 8, 11, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11");
    assertThatThrownBy(() -> QUIET.with("x", MadeSounds.RAIN, 8, 8, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float peak(float[] samples, double from, double to) {
    float peak = 0;
    for (int i = (int) (from * Sound.SAMPLE_RATE); i < (int) (to * Sound.SAMPLE_RATE); i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }
}
