package io.earshot.models.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The clips that a model was wrong about, the ones it was surest of first. */
public final class WorstMistakes {

  /** The sound of a clip once more: it is not held while the model is measured. */
  public interface Sounds {
    /**
     * All of the clip, 16 kHz mono, samples in [-1, 1].
     *
     * @param clipName the {@link JudgedClip#name}
     * @throws IOException if it cannot be read; the report then goes without its picture
     */
    float[] samples(String clipName) throws IOException;
  }

  /**
   * One clip.
   *
   * @param truths which classes are heard in it; none for a clip that should have raised nothing
   * @param taken the top label
   * @param margin by how much the top label's mean score is above the best of the truths', or,
   *     where there is none, above its threshold
   */
  record Mistake(JudgedClip clip, List<Integer> truths, int taken, double margin) {}

  private WorstMistakes() {}

  /** Clips with a wrong top label, and clips of no class that raised one. */
  static List<Mistake> of(ClipEvaluation evaluation, int most) {
    List<Mistake> mistakes = new ArrayList<>();
    for (JudgedClip clip : evaluation.clips()) {
      List<Integer> truths = evaluation.truths(clip);
      int top = evaluation.top(clip);
      if (truths.isEmpty() ? evaluation.raisesAny(clip) : !truths.contains(top)) {
        double allowed =
            truths.stream()
                .mapToDouble(truth -> evaluation.mean(clip, truth))
                .max()
                .orElse(evaluation.threshold(top));
        mistakes.add(new Mistake(clip, truths, top, evaluation.mean(clip, top) - allowed));
      }
    }
    mistakes.sort(Comparator.comparingDouble(Mistake::margin).reversed());
    return mistakes.subList(0, Math.min(most, mistakes.size()));
  }

  /** In words: {@code dog, taken for rooster}. */
  static String words(Mistake mistake, List<String> labels) {
    String truth =
        mistake.truths().isEmpty()
            ? "none of the classes"
            : mistake.truths().stream().map(labels::get).collect(Collectors.joining(" and "));
    return truth + ", taken for " + labels.get(mistake.taken());
  }
}
