package io.earshot.detector.segment;

import io.earshot.models.feature.Segment;
import io.earshot.models.feature.Segmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One segment as a segmenter gave it, its patch copied. */
record Cut(Segment segment, List<Float> patch) {
  /** Keeps what comes. */
  static final class Sink implements Segmenter.Sink {
    final List<Cut> cuts = new ArrayList<>();

    @Override
    public void segment(Segment segment, float[] patch) {
      Float[] copy = new Float[patch.length];
      Arrays.setAll(copy, i -> patch[i]);
      cuts.add(new Cut(segment, List.of(copy)));
    }
  }

  float[] floats() {
    float[] floats = new float[patch.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = patch.get(i);
    }
    return floats;
  }
}
