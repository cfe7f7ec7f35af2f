package io.earshot.detector.metrics;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ScoreDistribution;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The drift of each label of which the model's package has the scores of known clips; of a package
 * without them there is none. Any number of threads.
 */
final class ScoreDrift extends Collector {
  private static final String NAME = "earshot_score_drift";
  private static final String HELP =
      "Population stability index of live scores against those of known clips.";

  private final List<String> labels;

  /** By the label's index; null where the label has no drift. */
  private final LabelDrift[] drifts;

  ScoreDrift(ModelPackage model) {
    labels = model.labels();
    drifts = new LabelDrift[labels.size()];
    ScoreDistribution known = model.distribution().orElse(null);
    for (int i = 0; i < drifts.length && known != null; i++) {
      drifts[i] = LabelDrift.of(known, labels.get(i), model.threshold(i));
    }
  }

  /** What takes the scores of one more stream. */
  MinuteScores stream() {
    return new MinuteScores(drifts);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    GaugeMetricFamily family = new GaugeMetricFamily(NAME, HELP, List.of("label"));
    for (int i = 0; i < drifts.length; i++) {
      String label = labels.get(i);
      if (drifts[i] != null) {
        drifts[i].index(now).ifPresent(index -> family.addMetric(List.of(label), index));
      }
    }
    return new ArrayList<>(List.of(family));
  }
}
