package io.earshot.models.transfer;

import io.earshot.models.evaluate.LoudSegments;
import java.util.List;

/**
 * A clip as a backbone sees it.
 *
 * @param embeddings one per segment
 * @param levels dBFS of each segment
 */
record EmbeddedClip(List<float[]> embeddings, List<Double> levels, double seconds) {
  EmbeddedClip {
    embeddings = List.copyOf(embeddings);
    levels = List.copyOf(levels);
  }

  double loudest() {
    return levels.stream().mapToDouble(level -> level).max().orElseThrow();
  }

  /** The embeddings of the segments within 20 dB of the loudest: where its labels are heard. */
  List<float[]> loud() {
    return LoudSegments.of(embeddings, levels);
  }

  /** The clip as one segment: the mean of its embeddings. */
  EmbeddedClip averaged() {
    float[] mean = new float[embeddings.get(0).length];
    for (float[] embedding : embeddings) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += embedding[i] / embeddings.size();
      }
    }
    return new EmbeddedClip(List.of(mean), List.of(loudest()), seconds);
  }
}
