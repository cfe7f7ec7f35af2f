package io.earshot.detector.app;

import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Scene;

/** The minute that the demo plays: what has a label, and quiet before, between and after. */
final class DemoScene {
  /**
   * Chosen among two dozen: both alarms beep in threes, the siren wails, and YAMNet hears it all.
   */
  private static final long SEED = 19;

  private DemoScene() {}

  static Scene scene() {
    return Scene.of(SEED, 60)
        .with("smoke_alarm", MadeSounds.SMOKE_ALARM, 4, 12, -12)
        .with("clock_tick", MadeSounds.CLOCK_TICK, 16, 24, -14)
        .with("siren", MadeSounds.SIREN, 28, 36, -12)
        .withAround("rain", MadeSounds.RAIN, 40, 48, -9)
        .with("smoke_alarm", MadeSounds.SMOKE_ALARM, 51, 58, -18);
  }
}
