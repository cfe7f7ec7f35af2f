package io.earshot.models.feature;

/**
 * Arithmetic on arrays that hold one number of each row: lane r belongs to row r alone.
 *
 * <p>HotSpot turns such loops into vector instructions if they are counted, small (JDK 17 leaves a
 * butterfly of four points as it is) and use one index for all arrays, which must therefore be
 * arrays of their own and not parts of one. The lanes of a vector never meet, and nothing is
 * reordered or fused, so a row's result does not depend on its lane or on how many rows there are.
 *
 * <p>HotSpot also looks at how long the loops were at first: a program that begins with rows one by
 * one gets no vectors for the many that follow.
 */
final class Lanes {
  private Lanes() {}

  /** {@code to[r] = from[at + r * step]}. */
  static void gather(float[] from, int at, int step, float[] to, int rows) {
    for (int r = 0; r < rows; r++) {
      to[r] = from[at + r * step];
    }
  }

  /** {@code (x, y) = (v x + w y, v x - w y)}. */
  static void sumAndDifference(float[] x, float v, float[] y, float w, int rows) {
    for (int r = 0; r < rows; r++) {
      float a = x[r] * v;
      float b = y[r] * w;
      x[r] = a + b;
      y[r] = a - b;
    }
  }

  /** {@code (x, y) = (v x, v x)}. */
  static void twice(float[] x, float v, float[] y, int rows) {
    for (int r = 0; r < rows; r++) {
      float a = x[r] * v;
      x[r] = a;
      y[r] = a;
    }
  }

  /** {@code (a, b) = (a + w b, a - w b)}, complex. */
  static void butterfly(
      float[] aRe, float[] aIm, float[] bRe, float[] bIm, float wRe, float wIm, int rows) {
    for (int r = 0; r < rows; r++) {
      float x = aRe[r];
      float y = aIm[r];
      float u = bRe[r];
      float v = bIm[r];
      float re = u * wRe - v * wIm;
      float im = u * wIm + v * wRe;
      aRe[r] = x + re;
      aIm[r] = y + im;
      bRe[r] = x - re;
      bIm[r] = y - im;
    }
  }

  /** {@code (a, b) = (a + b*, (a - b*) / i)}, complex; the real part of the latter in bIm. */
  static void fold(float[] aRe, float[] aIm, float[] bRe, float[] bIm, int rows) {
    for (int r = 0; r < rows; r++) {
      float x = aRe[r];
      float y = aIm[r];
      float u = bRe[r];
      float v = bIm[r];
      aRe[r] = x + u;
      aIm[r] = y - v;
      bRe[r] = u - x;
      bIm[r] = y + v;
    }
  }

  /** {@code re = |re + i im|}. */
  static void magnitude(float[] re, float[] im, int rows) {
    for (int r = 0; r < rows; r++) {
      float x = re[r];
      float y = im[r];
      re[r] = (float) Math.sqrt(x * x + y * y);
    }
  }

  /** {@code x = v x}. */
  static void scale(float[] x, float v, int rows) {
    for (int r = 0; r < rows; r++) {
      x[r] = x[r] * v;
    }
  }

  /** {@code sum += v x}. */
  static void add(float[] sum, float[] x, float v, int rows) {
    for (int r = 0; r < rows; r++) {
      sum[r] = sum[r] + x[r] * v;
    }
  }

  /** {@code sum += v x + w y}. */
  static void add(float[] sum, float[] x, float v, float[] y, float w, int rows) {
    for (int r = 0; r < rows; r++) {
      sum[r] = sum[r] + (x[r] * v + y[r] * w);
    }
  }
}
