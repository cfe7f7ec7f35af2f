package io.earshot.models.transfer;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.feature.LogMel;
import io.earshot.models.head.DenseHead;
import io.earshot.models.pack.ModelPackage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A recording as a backbone and a teacher hear it.
 *
 * @param clip with the backbone's embeddings
 * @param scores the teacher's, one array per segment
 */
record Lesson(Clip clip, List<float[]> scores) {
  /** As long as the clips of AudioSet, which YAMNet has learnt from. */
  private static final double STRETCH_SECONDS = 10;

  /** Stretches of about 10 s; the labels of one are those that the teacher raises in it. */
  List<JudgedClip> stretches(DenseHead head, ModelPackage teacher) {
    double hop = teacher.hop().toMillis() / 1000.0;
    int length = (int) Math.round(STRETCH_SECONDS / hop);
    List<JudgedClip> stretches = new ArrayList<>();
    for (int from = 0; from < scores.size(); from += length) {
      int to = Math.min(from + length, scores.size());
      stretches.add(
          new JudgedClip(
              name(from, hop),
              raised(teacher, scores.subList(from, to)),
              clip.fold(),
              (to - from) * hop,
              clip.sound().embeddings().subList(from, to).stream()
                  .map(embedding -> Classes.scores(head, embedding))
                  .toList(),
              clip.sound().levels().subList(from, to)));
    }
    return stretches;
  }

  private static List<String> raised(ModelPackage teacher, List<float[]> stretch) {
    return IntStream.range(0, teacher.classes())
        .filter(i -> stretch.stream().anyMatch(segment -> segment[i] >= teacher.threshold(i)))
        .mapToObj(teacher.labels()::get)
        .toList();
  }

  private String name(int segment, double hop) {
    return String.format(Locale.ROOT, "%s at %.2f s", clip.name(), segment * hop);
  }

  /** The samples of a stretch that it has named; null for another lesson's. */
  float[] samples(String stretch, double hop) throws IOException {
    for (int i = 0; i < scores.size(); i++) {
      if (name(i, hop).equals(stretch)) {
        float[] samples = clip.source().samples();
        int from = (int) Math.round(i * hop * LogMel.SAMPLE_RATE);
        int to = from + (int) (STRETCH_SECONDS * LogMel.SAMPLE_RATE);
        return Arrays.copyOfRange(samples, from, Math.min(to, samples.length));
      }
    }
    return null;
  }
}
