package io.earshot.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.spool.Loss;
import io.earshot.producer.spool.SpoolMetrics;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ProducerMetricsTest {
  private static final int SAMPLES = 1600;
  private static final int FRAMES = 100_000;

  private final CollectorRegistry registry = new CollectorRegistry();
  private final ProducerMetrics metrics = new ProducerMetrics(registry, 1);

  @Test
  void framesAreCountedByStreamAndTheLevelIsTheLastOnes() throws Exception {
    FrameSink sink = metrics.counting(frame -> {});
    sink.publish(frame("door", 1_000));
    sink.publish(frame("door", 16_384));
    sink.publish(frame("yard", 1));
    assertThat(value("earshot_producer_frames_total", "door")).isEqualTo(2);
    assertThat(value("earshot_producer_bytes_total", "door")).isEqualTo(4.0 * SAMPLES);
    // Half of full scale, as a square wave.
    assertThat(value("earshot_producer_level_dbfs", "door")).isCloseTo(-6.02, within(0.01));
    assertThat(value("earshot_producer_frames_total", "other")).isEqualTo(1);
    assertThat(value("earshot_producer_level_dbfs", "other")).isNull();
  }

  @Test
  void aStreamThatIsOverLeavesThoughThereIsRoom() throws Exception {
    CollectorRegistry swept = new CollectorRegistry();
    new ProducerMetrics(swept, 10, Duration.ZERO)
        .counting(frame -> {})
        .publish(frame("door", 1_000));
    Collections.list(swept.metricFamilySamples());
    String[] names = {"stream"};
    String[] door = {"door"};
    assertThat(swept.getSampleValue("earshot_producer_frames_total", names, door)).isNull();
    assertThat(swept.getSampleValue("earshot_producer_level_dbfs", names, door)).isNull();
  }

  @Test
  void whatBecomesOfSpooledFramesIsCounted() {
    SpoolMetrics spool = metrics.spool();
    assertThat(lost("spool_full")).as("before any was lost").isZero();
    spool.spooled("door");
    spool.spooled("yard");
    spool.arrived("door");
    spool.lost("yard", Loss.SPOOL_FULL, 3);
    spool.damaged(17);
    spool.spoolBytes(5_000);
    spool.spoolBytes(4_000);
    spool.sendFailed();
    assertThat(registry.getSampleValue("earshot_producer_spooled_total")).isEqualTo(2);
    assertThat(registry.getSampleValue("earshot_producer_acknowledged_total")).isEqualTo(1);
    assertThat(lost("spool_full")).isEqualTo(3);
    assertThat(registry.getSampleValue("earshot_producer_spool_damaged_bytes_total")).isEqualTo(17);
    assertThat(registry.getSampleValue("earshot_producer_spool_bytes")).isEqualTo(4_000);
    assertThat(registry.getSampleValue("earshot_producer_send_failures_total")).isEqualTo(1);
  }

  private double lost(String reason) {
    String[] names = {"reason"};
    return registry.getSampleValue("earshot_producer_lost_total", names, new String[] {reason});
  }

  @Test
  void silenceHasTheLowestLevel() throws Exception {
    metrics.counting(frame -> {}).publish(frame("door", 0));
    assertThat(value("earshot_producer_level_dbfs", "door")).isEqualTo(-127);
  }

  @Test
  void whatIsRefusedIsAFailureAndNoFrame() {
    FrameSink sink =
        metrics.counting(
            frame -> {
              throw new IOException("gone");
            });
    assertThatThrownBy(() -> sink.publish(frame("door", 1))).hasMessage("gone");
    assertThat(registry.getSampleValue("earshot_producer_send_failures_total")).isEqualTo(1);
    assertThat(value("earshot_producer_frames_total", "door")).isNull();
  }

  @Test
  void aFrameAllocatesNothing() throws Exception {
    FrameSink sink = metrics.counting(frame -> {});
    Frame door = frame("door", 1_000);
    Frame yard = frame("yard", 1_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    publish(sink, door, yard);
    long before = threads.getCurrentThreadAllocatedBytes();
    publish(sink, door, yard);
    // The smallest object takes 16 bytes a frame.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FRAMES);
  }

  private static void publish(FrameSink sink, Frame... frames) throws IOException {
    for (int i = 0; i < FRAMES; i++) {
      sink.publish(frames[i % frames.length]);
    }
  }

  private Double value(String name, String stream) {
    return registry.getSampleValue(name, new String[] {"stream"}, new String[] {stream});
  }

  private static Frame frame(String stream, int amplitude) {
    ByteBuffer pcm = ByteBuffer.allocate(2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLES; i++) {
      pcm.putShort((short) (i % 2 == 0 ? amplitude : -amplitude));
    }
    return new Frame(stream, "s", 0, 0, Encoding.S16LE, pcm.array(), false);
  }
}
