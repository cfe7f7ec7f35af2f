package io.earshot.producer.metrics;

import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.live.LiveStream.Status;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What sources tell of themselves, asked when metrics are read: nothing is counted a frame.
 *
 * <pre>{@code
 * new SourceMetrics(streams::all, streams::refused, 200).register(registry);
 * }</pre>
 */
public final class SourceMetrics extends Collector {
  private static final double MILLIS = 1_000;
  private static final double MILLIONTHS = 1e6;

  private final Supplier<List<LiveStream>> streams;
  private final Supplier<Map<String, Long>> strangers;
  private final int most;

  /**
   * Metrics that are yet to be registered.
   *
   * @param streams all that run
   * @param strangers who came to a server and meant no stream that is known, by reason
   * @param most of which there are series; of further ones there are none
   */
  public SourceMetrics(
      Supplier<List<LiveStream>> streams, Supplier<Map<String, Long>> strangers, int most) {
    this.streams = streams;
    this.strangers = strangers;
    this.most = most;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Families families = new Families();
    streams.get().stream().limit(most).forEach(families::add);
    strangers.get().forEach(families::addStranger);
    return families.all;
  }

  /** One reading. */
  private static final class Families {
    private final List<MetricFamilySamples> all = new ArrayList<>();
    private final GaugeMetricFamily up =
        gauge("up", "Whether sound comes from the source (1), or not (0).");
    private final GaugeMetricFamily drift =
        gauge("drift_ratio", "How much faster than nominal the source's samples come.");
    private final GaugeMetricFamily offset =
        gauge("offset_ratio", "Mean of the source's last seconds, full scale at 1.");
    private final CounterMetricFamily connections =
        counter("connections", "Sessions that sound began in.", "stream");
    private final CounterMetricFamily gaps =
        counter("gaps", "Places where sound was missing in what came.", "stream");
    private final CounterMetricFamily missing =
        counter("missing_seconds", "The sound that was missing there.", "stream");
    private final CounterMetricFamily clipped =
        counter("clipped_samples", "Samples that came clipped, or are by the gain.", "stream");
    private final CounterMetricFamily steps =
        counter("clock_steps", "Jumps of the capture time.", "stream");
    private final CounterMetricFamily refused =
        counter("refused", "Packets and connections not heard.", "stream", "reason");
    private final CounterMetricFamily strangers =
        counter("strangers", "Connections that meant no known stream.", "reason");

    void add(LiveStream stream) {
      Status status = stream.status();
      List<String> name = List.of(stream.name());
      up.addMetric(name, status.state() == State.RUNNING ? 1 : 0);
      drift.addMetric(name, status.counts().driftPpm() / MILLIONTHS);
      offset.addMetric(name, status.counts().offset());
      connections.addMetric(name, (double) status.connections());
      gaps.addMetric(name, (double) status.counts().gaps());
      missing.addMetric(name, status.counts().missingMillis() / MILLIS);
      clipped.addMetric(name, (double) status.counts().clipped());
      steps.addMetric(name, (double) status.counts().clockSteps());
      status
          .refused()
          .forEach((reason, count) -> refused.addMetric(List.of(stream.name(), reason), count));
    }

    void addStranger(String reason, long count) {
      strangers.addMetric(List.of(reason), (double) count);
    }

    private GaugeMetricFamily gauge(String name, String help) {
      var family = new GaugeMetricFamily("earshot_source_" + name, help, List.of("stream"));
      all.add(family);
      return family;
    }

    private CounterMetricFamily counter(String name, String help, String... labels) {
      var family = new CounterMetricFamily("earshot_source_" + name, help, List.of(labels));
      all.add(family);
      return family;
    }
  }
}
