package io.earshot.models.evaluate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What is measured on clips that a model had not learnt from.
 *
 * <pre>{@code
 * ClipEvaluation evaluation = new ClipEvaluation(labels, background, thresholds, clips, 0.96);
 * double accuracy = evaluation.accuracy();
 * }</pre>
 *
 * <p>The classes are the labels without the background's, which is never raised. A label of a clip
 * that the model does not know counts as none. A clip's top label is the class of the highest mean
 * score over its segments. Shares are 0 to 1; NaN where undefined, and means pass over NaN.
 */
public final class ClipEvaluation {
  private final List<LabelIndex> classes;
  private final List<LabelScores> scores;
  private final float[] thresholds;
  private final List<JudgedClip> clips;
  private final double hopSeconds;
  private final List<ClassMeasures> measures;

  /**
   * Measures at once.
   *
   * @param labels of the model, in the order of its scores
   * @param background which of them stands for none of the others; -1 if none does
   * @param thresholds one per label, the background's of no use
   * @param hopSeconds from one segment's beginning to the next one's
   * @throws IllegalArgumentException if the numbers of labels, thresholds and scores differ, or
   *     there is no class
   */
  public ClipEvaluation(
      List<String> labels,
      int background,
      float[] thresholds,
      List<JudgedClip> clips,
      double hopSeconds) {
    check(labels, thresholds, clips);
    this.classes =
        IntStream.range(0, labels.size())
            .filter(i -> i != background)
            .mapToObj(i -> new LabelIndex(labels.get(i), i))
            .toList();
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("no class to evaluate");
    }
    this.thresholds = thresholds.clone();
    this.clips = List.copyOf(clips);
    this.hopSeconds = hopSeconds;
    this.scores = classes.stream().map(c -> new LabelScores(c.label(), c.index(), clips)).toList();
    this.measures =
        scores.stream().map(s -> ClassMeasures.of(s, threshold(scores.indexOf(s)))).toList();
  }

  private static void check(List<String> labels, float[] thresholds, List<JudgedClip> clips) {
    if (labels.size() != thresholds.length) {
      throw new IllegalArgumentException(
          "%d labels, %d thresholds".formatted(labels.size(), thresholds.length));
    }
    for (JudgedClip clip : clips) {
      if (clip.scores().stream().anyMatch(segment -> segment.length != labels.size())) {
        throw new IllegalArgumentException(
            "%s: not %d scores a segment".formatted(clip.name(), labels.size()));
      }
    }
  }

  /** The classes, in the order of {@link #measures}. */
  public List<String> labels() {
    return classes.stream().map(LabelIndex::label).toList();
  }

  public List<JudgedClip> clips() {
    return clips;
  }

  /** Clips with a class label: those that {@link #accuracy} is a share of. */
  public List<JudgedClip> labelled() {
    return clips.stream().filter(clip -> !truths(clip).isEmpty()).toList();
  }

  /** Share of the {@link #labelled} clips whose top label is one of theirs. */
  public double accuracy() {
    return accuracy(labelled());
  }

  /** 95 % around {@link #accuracy}, as if every clip were a draw of its own. */
  public Interval accuracyInterval() {
    return Interval.wilson(right(labelled()), labelled().size());
  }

  /** In the order of the folds; empty where there are none. */
  public List<FoldAccuracy> folds() {
    TreeMap<Integer, List<JudgedClip>> folds =
        labelled().stream().collect(groupingBy(JudgedClip::fold, TreeMap::new, toList()));
    if (folds.keySet().equals(Set.of(0))) {
      return List.of();
    }
    return folds.entrySet().stream()
        .map(e -> new FoldAccuracy(e.getKey(), accuracy(e.getValue()), e.getValue().size()))
        .toList();
  }

  /** One per class, in the order of the model's labels. */
  public List<ClassMeasures> measures() {
    return measures;
  }

  public double macroF1() {
    return mean(ClassMeasures::f1);
  }

  public double meanAveragePrecision() {
    return mean(ClassMeasures::averagePrecision);
  }

  /** Expected calibration error of the classes' scores, in ten bins. */
  public double calibrationError() {
    return CalibrationError.of(classes, clips);
  }

  /**
   * Of the clips with at most one class label. Column: the top label, or none where no class
   * reaches its threshold; so the diagonal may hold fewer clips than {@link #accuracy}.
   */
  public ConfusionMatrix confusion() {
    int none = classes.size();
    int[][] counts = new int[none + 1][none + 1];
    for (JudgedClip clip : clips) {
      List<Integer> truths = truths(clip);
      if (truths.size() <= 1) {
        counts[truths.isEmpty() ? none : truths.get(0)][raisesAny(clip) ? top(clip) : none]++;
      }
    }
    return ConfusionMatrix.of(labels(), counts);
  }

  List<LabelScores> scores() {
    return scores;
  }

  double hopSeconds() {
    return hopSeconds;
  }

  /** Which classes are heard in the clip. */
  List<Integer> truths(JudgedClip clip) {
    HashSet<String> heard = new HashSet<>(clip.labels());
    return IntStream.range(0, classes.size())
        .filter(i -> heard.contains(classes.get(i).label()))
        .boxed()
        .toList();
  }

  /** The class of the highest mean score; the first one of several. */
  int top(JudgedClip clip) {
    int top = 0;
    for (int i = 1; i < classes.size(); i++) {
      top = mean(clip, i) > mean(clip, top) ? i : top;
    }
    return top;
  }

  /** Mean score of a class over the clip's segments. */
  double mean(JudgedClip clip, int label) {
    int index = classes.get(label).index();
    return clip.scores().stream().mapToDouble(segment -> segment[index]).average().orElseThrow();
  }

  float score(float[] segment, int label) {
    return segment[classes.get(label).index()];
  }

  float threshold(int label) {
    return thresholds[classes.get(label).index()];
  }

  boolean raisesAny(JudgedClip clip) {
    return clip.scores().stream()
        .anyMatch(
            segment ->
                IntStream.range(0, classes.size())
                    .anyMatch(label -> score(segment, label) >= threshold(label)));
  }

  private double accuracy(List<JudgedClip> of) {
    return of.isEmpty() ? Double.NaN : right(of) / (double) of.size();
  }

  private long right(List<JudgedClip> of) {
    return of.stream().filter(clip -> truths(clip).contains(top(clip))).count();
  }

  private double mean(ToDoubleFunction<ClassMeasures> measure) {
    return measures.stream()
        .mapToDouble(measure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
