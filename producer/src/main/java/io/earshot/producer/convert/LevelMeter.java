package io.earshot.producer.convert;

/**
 * Level of each 100 ms of sound at 16 kHz, in dBFS: a sine of full scale has a peak of 0 and a root
 * mean square of -3.01. One thread.
 */
final class LevelMeter {
  private static final int PERIOD_SAMPLES = Resampler.OUTPUT_RATE / 10;

  private double squares;
  private float peak;
  private int count;
  private Level last = Level.SILENCE;

  void add(float[] samples, int number) {
    for (int i = 0; i < number; i++) {
      squares += samples[i] * (double) samples[i];
      peak = Math.max(peak, Math.abs(samples[i]));
      if (++count == PERIOD_SAMPLES) {
        last = Level.of(Math.sqrt(squares / count), peak);
        squares = 0;
        peak = 0;
        count = 0;
      }
    }
  }

  Level last() {
    return last;
  }
}
