package io.earshot.models.quantize;

/**
 * The range in which 8 bits keep most of what is known of a value: where the Kullback-Leibler
 * divergence from the clipped distribution to the quantised one is least.
 *
 * <p>Works on magnitudes, as the source does: a tensor with both signs gets 128 levels for each.
 * Source: Migacz, "8-bit Inference with TensorRT" (GTC 2017).
 */
final class EntropyRange {
  private static final int LEVELS_ONE_SIGN = 256;
  private static final int LEVELS_BOTH_SIGNS = 128;

  /** Stands for what cannot occur, but did. */
  private static final double NEVER = 1e-9;

  private final double[] counts;
  private final int levels;
  private final double[] after;

  private EntropyRange(double[] counts, int levels) {
    this.counts = counts;
    this.levels = levels;
    this.after = new double[counts.length + 1];
    for (int i = counts.length - 1; i >= 0; i--) {
      after[i] = after[i + 1] + counts[i];
    }
  }

  static Range of(Histogram seen) {
    boolean bothSigns = seen.min() < 0 && seen.max() > 0;
    double[] counts = magnitudes(seen);
    int levels = bothSigns ? LEVELS_BOTH_SIGNS : LEVELS_ONE_SIGN;
    int kept = new EntropyRange(counts, levels).best();
    double bound = kept * seen.width();
    return new Range(Math.max(seen.min(), -bound), Math.min(seen.max(), bound));
  }

  /** Up to the greatest that occurs. */
  private static double[] magnitudes(Histogram seen) {
    double greatest = Math.max(-(double) seen.min(), seen.max());
    int used = Math.min(Histogram.HALF, (int) Math.floor(greatest / seen.width()) + 1);
    double[] counts = new double[used];
    for (int i = 0; i < used; i++) {
      // Bin -1 ends at zero where bin 0 begins.
      counts[i] = seen.count(i) + seen.count(-1 - i);
    }
    return counts;
  }

  private int best() {
    int best = counts.length;
    double least = Double.POSITIVE_INFINITY;
    for (int kept = levels; kept <= counts.length; kept++) {
      double divergence = divergence(kept);
      if (divergence < least) {
        least = divergence;
        best = kept;
      }
    }
    return best;
  }

  /** From the first bins, all else put into the last, to what the levels make of them. */
  private double divergence(int kept) {
    double all = after[0];
    double inside = all - after[kept];
    double divergence = 0;
    for (int level = 0; level < levels; level++) {
      int from = (int) ((long) level * kept / levels);
      int to = (int) ((long) (level + 1) * kept / levels);
      double mean = meanOfFilled(from, to) / inside;
      for (int i = from; i < to; i++) {
        double p = (counts[i] + (i == kept - 1 ? after[kept] : 0)) / all;
        double q = counts[i] > 0 ? mean : NEVER;
        divergence += p > 0 ? p * Math.log(p / q) : 0;
      }
    }
    return divergence;
  }

  private double meanOfFilled(int from, int to) {
    double sum = 0;
    int filled = 0;
    for (int i = from; i < to; i++) {
      sum += counts[i];
      filled += counts[i] > 0 ? 1 : 0;
    }
    return filled == 0 ? 0 : sum / filled;
  }
}
