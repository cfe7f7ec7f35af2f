package io.earshot.detector.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CubeHelixTest {
  /** What the scheme is for, by the weights of Green's paper: 0.30, 0.59, 0.11. */
  @Test
  void brightnessRisesEvenly() {
    for (int i = 0; i < 256; i++) {
      int rgb = CubeHelix.rgb(i / 255.0);
      double brightness = 0.30 * (rgb >> 16) + 0.59 * (rgb >> 8 & 0xff) + 0.11 * (rgb & 0xff);
      assertThat(brightness).as("%d", i).isCloseTo(i, within(2.0));
    }
  }

  @Test
  void itGoesFromBlackToWhiteAndNoFurther() {
    assertThat(CubeHelix.rgb(0)).isEqualTo(CubeHelix.rgb(-5)).isZero();
    assertThat(CubeHelix.rgb(1)).isEqualTo(CubeHelix.rgb(5)).isEqualTo(0xffffff);
  }
}
