package io.earshot.models.evaluate.sed;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What a comparison came to.
 *
 * <pre>{@code
 * double f1 = metrics.overall().fMeasure();
 * double ofDogs = metrics.classWise().get("dog_bark").fMeasure();
 * double macro = metrics.average(Counts::fMeasure);
 * }</pre>
 *
 * @param overall all labels together, where a wrong label is a substitution
 * @param classWise each label by itself, by name
 */
public record Metrics(Counts overall, SortedMap<String, Counts> classWise) {
  public Metrics {
    classWise = Collections.unmodifiableSortedMap(new TreeMap<>(classWise));
  }

  static Metrics none(SortedSet<String> labels) {
    SortedMap<String, Counts> classWise = new TreeMap<>();
    labels.forEach(label -> classWise.put(label, Counts.ZERO));
    return new Metrics(Counts.ZERO, classWise);
  }

  /** Adds another recording's. */
  Metrics plus(Metrics other) {
    SortedMap<String, Counts> sum = new TreeMap<>(classWise);
    other.classWise.forEach((label, counts) -> sum.merge(label, counts, Counts::plus));
    return new Metrics(overall.plus(other.overall), sum);
  }

  /** The mean over the labels for which it is a number; NaN if it is for none. */
  public double average(ToDoubleFunction<Counts> rate) {
    return classWise.values().stream()
        .mapToDouble(rate)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
