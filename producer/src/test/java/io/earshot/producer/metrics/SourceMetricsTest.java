package io.earshot.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.convert.Level;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.live.LiveStream.Status;
import io.earshot.producer.live.SoundLine.Counts;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceMetricsTest {
  private static final Counts COUNTS =
      new Counts(70, 2, 1500, -12.5, true, 3, Level.SILENCE, 41, 0.02);

  private final CollectorRegistry registry = new CollectorRegistry();

  @Test
  void whatASourceTellsIsReadInBaseUnits() {
    Status running =
        new Status(State.RUNNING, "", "s16le", COUNTS, 5, Map.of("duplicate", 7L, "late", 1L));
    register(200, stream("yard", running));
    assertThat(value("up", "yard")).isEqualTo(1);
    assertThat(value("drift_ratio", "yard")).isEqualTo(-12.5e-6);
    assertThat(value("offset_ratio", "yard")).isEqualTo(0.02);
    assertThat(value("connections_total", "yard")).isEqualTo(5);
    assertThat(value("gaps_total", "yard")).isEqualTo(2);
    assertThat(value("missing_seconds_total", "yard")).isEqualTo(1.5);
    assertThat(value("clipped_samples_total", "yard")).isEqualTo(41);
    assertThat(value("clock_steps_total", "yard")).isEqualTo(3);
    assertThat(refused("yard", "duplicate")).isEqualTo(7);
    assertThat(refused("yard", "late")).isEqualTo(1);
    assertThat(
            registry.getSampleValue(
                "earshot_source_strangers_total",
                new String[] {"reason"},
                new String[] {"no_token"}))
        .isEqualTo(3);
  }

  @Test
  void onlyWhatRunsIsUp() {
    Status waiting = new Status(State.WAITING, "", "", COUNTS, 0, Map.of());
    Status failed = new Status(State.FAILED, "no such host", "", COUNTS, 0, Map.of());
    register(200, stream("gate", waiting), stream("cam", failed));
    assertThat(value("up", "gate")).isZero();
    assertThat(value("up", "cam")).isZero();
  }

  @Test
  void ofTooManyStreamsTheLastHaveNone() {
    Status status = new Status(State.RUNNING, "", "", COUNTS, 0, Map.of());
    register(1, stream("first", status), stream("second", status));
    assertThat(value("up", "first")).isEqualTo(1);
    assertThat(value("up", "second")).isNull();
  }

  private void register(int most, LiveStream... streams) {
    new SourceMetrics(() -> List.of(streams), () -> Map.of("no_token", 3L), most)
        .register(registry);
  }

  private Double value(String name, String stream) {
    return registry.getSampleValue(
        "earshot_source_" + name, new String[] {"stream"}, new String[] {stream});
  }

  private Double refused(String stream, String reason) {
    return registry.getSampleValue(
        "earshot_source_refused_total",
        new String[] {"stream", "reason"},
        new String[] {stream, reason});
  }

  private static LiveStream stream(String name, Status status) {
    return new LiveStream() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String source() {
        return "udp://:5000";
      }

      @Override
      public Status status() {
        return status;
      }

      @Override
      public void close() {}
    };
  }
}
