package io.earshot.producer.convert;

/** The mean of sound: of all of it for two seconds, then with a time constant of two seconds. */
final class OffsetMeter {
  private static final int SECONDS = 2;

  private final long longest;
  private long count;
  private double mean;

  OffsetMeter(int rate) {
    this.longest = (long) SECONDS * rate;
  }

  void add(float[] samples, int number) {
    for (int i = 0; i < number; i++) {
      count = Math.min(count + 1, longest);
      mean += (samples[i] - mean) / count;
    }
  }

  double mean() {
    return mean;
  }
}
