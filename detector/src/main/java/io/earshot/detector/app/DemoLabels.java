package io.earshot.detector.app;

import java.util.Map;
import java.util.Set;

/**
 * What counts as hearing a sound of the demo's scene: its own label, or AudioSet's for the same.
 */
final class DemoLabels {
  private static final Map<String, Set<String>> AUDIO_SET =
      Map.of(
          "smoke_alarm", Set.of("Smoke detector, smoke alarm", "Fire alarm"),
          "siren",
              Set.of(
                  "Siren",
                  "Civil defense siren",
                  "Emergency vehicle",
                  "Police car (siren)",
                  "Ambulance (siren)",
                  "Fire engine, fire truck (siren)"),
          "clock_tick", Set.of("Clock", "Tick", "Tick-tock"),
          "rain", Set.of("Rain", "Raindrop", "Rain on surface"));

  private DemoLabels() {}

  /** Whether it says that there is nothing to hear. */
  static boolean quiet(String label) {
    return label.equals("background") || label.equals("Silence");
  }

  static boolean same(String truth, String label) {
    return truth.equals(label) || AUDIO_SET.getOrDefault(truth, Set.of()).contains(label);
  }
}
