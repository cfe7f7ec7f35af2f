package io.earshot.detector.app;

import java.util.List;
import java.util.Random;

/**
 * A scene that is made, not recorded, so that what happens in it is known to the sample: 16 kHz
 * mono.
 */
final class DemoScene {
  /**
   * A sound of the scene.
   *
   * @param name what it is
   */
  record Part(String name, double onsetSeconds, double offsetSeconds, Sound sound) {}

  /** Amplitude at a time from the sound's onset. */
  interface Sound {
    double at(double seconds);
  }

  static final int RATE = 16_000;
  static final double SECONDS = 24;
  private static final double FADE_SECONDS = 0.01;
  private static final double HUM = 0.0005;

  /** The truth. */
  static List<Part> parts() {
    return List.of(
        new Part("dial tone", 2, 6, DemoScene::dialTone),
        new Part("smoke alarm", 8, 13, DemoScene::smokeAlarm),
        new Part("siren", 15, 21, DemoScene::siren));
  }

  private DemoScene() {}

  /** The whole scene, samples in [-1, 1). */
  static float[] render() {
    float[] samples = new float[(int) (SECONDS * RATE)];
    Random noise = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (HUM * noise.nextGaussian());
    }
    for (Part part : parts()) {
      int from = (int) (part.onsetSeconds() * RATE);
      int to = (int) (part.offsetSeconds() * RATE);
      for (int i = from; i < to; i++) {
        double edge = Math.min(i - from, to - i) / (FADE_SECONDS * RATE);
        double seconds = (i - from) / (double) RATE;
        samples[i] += (float) (Math.min(1, edge) * part.sound().at(seconds));
      }
    }
    return samples;
  }

  /** 350 and 440 Hz together, as North American exchanges play it. */
  private static double dialTone(double t) {
    return 0.15 * (Math.sin(2 * Math.PI * 350 * t) + Math.sin(2 * Math.PI * 440 * t));
  }

  /** ISO 8201's three beeps of half a second and a pause, at the 3.1 kHz of household alarms. */
  private static double smokeAlarm(double t) {
    double inCycle = t % 4;
    boolean on = inCycle < 3 && inCycle % 1 < 0.5;
    return on ? 0.3 * Math.signum(Math.sin(2 * Math.PI * 3100 * t)) : 0;
  }

  /** A wail between 600 and 1200 Hz, three seconds a turn, with overtones. */
  private static double siren(double t) {
    double turn = 2 * Math.PI / 3;
    double phase = 2 * Math.PI * (900 * t - 300 / turn * Math.sin(turn * t));
    return 0.2 * Math.sin(phase) + 0.1 * Math.sin(2 * phase) + 0.05 * Math.sin(3 * phase);
  }
}
