package io.earshot.models.transfer;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.feature.LogMel;
import io.earshot.models.head.DenseHead;
import io.earshot.models.pack.ModelPackage;
import java.io.IOException;
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

  /** Each segment by itself; its labels are those that the teacher raises. */
  List<JudgedClip> segments(DenseHead head, ModelPackage teacher) {
    double hop = teacher.hop().toMillis() / 1000.0;
    return IntStream.range(0, scores.size())
        .mapToObj(
            i ->
                new JudgedClip(
                    name(i, hop),
                    raised(teacher, scores.get(i)),
                    clip.fold(),
                    hop,
                    List.of(Classes.scores(head, clip.sound().embeddings().get(i))),
                    List.of(clip.sound().levels().get(i))))
        .toList();
  }

  private static List<String> raised(ModelPackage teacher, float[] scores) {
    return IntStream.range(0, scores.length)
        .filter(i -> scores[i] >= teacher.threshold(i))
        .mapToObj(teacher.labels()::get)
        .toList();
  }

  private String name(int segment, double hop) {
    return String.format(Locale.ROOT, "%s at %.2f s", clip.name(), segment * hop);
  }

  /** The samples of a segment that it has named; null for another lesson's. */
  float[] samples(String segmentName, double hop) throws IOException {
    for (int i = 0; i < scores.size(); i++) {
      if (name(i, hop).equals(segmentName)) {
        int from = (int) Math.round(i * hop * LogMel.SAMPLE_RATE);
        return Arrays.copyOfRange(clip.source().samples(), from, from + LogMel.PATCH_SAMPLES);
      }
    }
    return null;
  }
}
