package io.earshot.models.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Judged clips, said briefly. */
final class Judged {

  private Judged() {}

  /** A clip of 5 s; every segment at the same level. */
  static JudgedClip clip(String name, List<String> labels, int fold, float[]... segments) {
    List<Double> levels = Collections.nCopies(segments.length, -20.0);
    return new JudgedClip(name, labels, fold, 5, Arrays.asList(segments), levels);
  }

  static float[] scores(double... values) {
    float[] scores = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scores[i] = (float) values[i];
    }
    return scores;
  }

  /** Clips of one class {@code dog}, or of nothing, with scores of few different values. */
  static List<JudgedClip> drawn(long seed, int count) {
    Random random = new Random(seed);
    List<JudgedClip> clips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean dog = i == 0 || (i != 1 && random.nextBoolean());
      float[][] segments = new float[1 + random.nextInt(5)][];
      for (int s = 0; s < segments.length; s++) {
        double score = (random.nextInt(15) + (dog ? 6 : 0)) / 21.0;
        segments[s] = scores(score);
      }
      clips.add(clip("clip" + i, dog ? List.of("dog") : List.of(), 1, segments));
    }
    return clips;
  }
}
