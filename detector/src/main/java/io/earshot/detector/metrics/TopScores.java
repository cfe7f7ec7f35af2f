package io.earshot.detector.metrics;

import io.earshot.producer.metrics.StreamTable;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;

/**
 * The five best labels of each stream's last segment, found when somebody asks. These are five
 * series a stream, however many labels the model has.
 */
final class TopScores extends Collector {
  private static final int MOST = 5;

  private final StreamTable<StreamSeries> streams;
  private final List<String> labels;

  TopScores(StreamTable<StreamSeries> streams, List<String> labels) {
    this.streams = streams;
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
    for (BestScores.Best best : series.best(MOST)) {
      family.addMetric(List.of(series.stream, labels.get(best.index())), best.score());
    }
  }
}
