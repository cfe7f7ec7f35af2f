package io.earshot.models.transfer;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.evaluate.Platt;
import io.earshot.models.head.DenseHead;
import io.earshot.models.head.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labels of a head: those of the data, and at the end the background, which is what a clip has
 * that has none of them.
 */
record Classes(List<String> labels) {
  static final String BACKGROUND = "background";

  private static final int MOST_SEGMENTS = 60;

  static Classes of(List<String> labels) {
    List<String> all = new ArrayList<>(labels);
    all.add(BACKGROUND);
    return new Classes(List.copyOf(all));
  }

  int background() {
    return labels.size() - 1;
  }

  /** The loud segments of the clips, and what is heard in them. */
  Examples examples(List<Clip> clips) {
    List<float[]> inputs = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    for (Clip clip : clips) {
      float[] target = target(clip);
      for (float[] embedding : spread(clip.sound().loud())) {
        inputs.add(embedding);
        targets.add(target);
      }
    }
    return new Examples(inputs, targets);
  }

  /** Some of many segments, evenly: one long recording must not outweigh all the clips. */
  private static List<float[]> spread(List<float[]> segments) {
    int most = Math.min(segments.size(), MOST_SEGMENTS);
    return IntStream.range(0, most)
        .mapToObj(i -> segments.get((int) ((long) i * segments.size() / most)))
        .toList();
  }

  private float[] target(Clip clip) {
    float[] target = new float[labels.size()];
    clip.labels().forEach(label -> target[labels.indexOf(label)] = 1);
    target[background()] = clip.labels().isEmpty() ? 1 : 0;
    return target;
  }

  /** What the head makes of the clip. */
  JudgedClip judged(DenseHead head, Clip clip) {
    List<float[]> scores =
        clip.sound().embeddings().stream().map(embedding -> scores(head, embedding)).toList();
    return new JudgedClip(
        clip.name(),
        clip.labels().isEmpty() ? List.of(BACKGROUND) : clip.labels(),
        clip.fold(),
        clip.sound().seconds(),
        scores,
        clip.sound().levels());
  }

  static float[] scores(DenseHead head, float[] embedding) {
    float[] scores = head.logits(embedding);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Platt.sigmoid(scores[i]);
    }
    return scores;
  }
}
