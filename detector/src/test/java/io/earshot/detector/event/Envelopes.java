package io.earshot.detector.event;

import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import java.util.Locale;

/** Segments whose levels a test writes down. */
final class Envelopes {
  static final long T = 1_700_000_000_000_000L;

  private Envelopes() {}

  /** Levels in dBFS, each for so many steps: {@code -60, 20, -20, 4}. */
  static Envelope of(double... levelsAndSteps) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < levelsAndSteps.length; i += 2) {
      String level = String.format(Locale.ROOT, "%02x", Math.round(-2 * levelsAndSteps[i]));
      text.append(level.repeat((int) levelsAndSteps[i + 1]));
    }
    return Envelope.parse(text.toString());
  }

  static Segment segment(long index, int hopMillis, Envelope envelope) {
    return new Segment("s", index, T + index * hopMillis * 1_000, 1, -40, envelope);
  }

  static Segment segment(double... levelsAndSteps) {
    return segment(0, 960, of(levelsAndSteps));
  }
}
