package io.earshot.models.quantize;

/** How close the vectors of two networks are, patch by patch. */
final class Closeness {
  private int count;
  private double sum;
  private double lowest = 1;

  void add(float[] before, float[] after) {
    double cosine = cosine(before, after);
    count++;
    sum += cosine;
    lowest = Math.min(lowest, cosine);
  }

  /** 1 for two vectors of zeros, 0 if one alone is. */
  static double cosine(float[] before, float[] after) {
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < before.length; i++) {
      product += (double) before[i] * after[i];
      squares += (double) before[i] * before[i];
      otherSquares += (double) after[i] * after[i];
    }
    if (squares == 0 || otherSquares == 0) {
      return squares == otherSquares ? 1 : 0;
    }
    return product / Math.sqrt(squares * otherSquares);
  }

  int count() {
    return count;
  }

  double mean() {
    return count == 0 ? 0 : sum / count;
  }

  double lowest() {
    return lowest;
  }
}
