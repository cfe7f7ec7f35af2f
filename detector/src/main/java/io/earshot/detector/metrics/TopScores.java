package io.earshot.detector.metrics;

import io.earshot.producer.metrics.StreamTable;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The five best labels of each stream's last segment, found when somebody asks. */
final class TopScores extends Collector {
  private static final int MOST = 5;

  private final StreamTable<StreamSeries> streams;
  private final BoundedNames names;
  private final List<String> labels;

  TopScores(StreamTable<StreamSeries> streams, BoundedNames names, List<String> labels) {
    this.streams = streams;
    this.names = names;
    this.labels = labels;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "earshot_top_score",
            "The five highest scores of the stream's last segment.",
            List.of("stream", "label"));
    streams.forEach(series -> add(series, family));
    return List.of(family);
  }

  private void add(StreamSeries series, GaugeMetricFamily family) {
    Set<String> told = new HashSet<>();
    for (BestScores.Best best : series.best(MOST)) {
      String label = names.of(labels.get(best.index()));
      if (told.add(label)) {
        family.addMetric(List.of(series.stream, label), best.score());
      }
    }
  }
}
