package io.earshot.detector.segment;

import static io.earshot.detector.segment.FrameStage.FRAME;
import static io.earshot.detector.segment.FrameStage.HOP;
import static io.earshot.detector.segment.FrameStage.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.models.feature.Segmenter;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;

/** A stream that keeps to the rules, and the patches that its sound has by itself. */
final class GoodStream {
  final String name;
  private final Segmenter alone = new Segmenter(new LogMel(0.001), HOP, "s." + T);
  private final Deque<String> expected = new ArrayDeque<>();
  private final float[] samples = new float[FRAME];
  private long next;
  private long heard;

  GoodStream(String name) {
    this.name = name;
  }

  Frame next() {
    Frame frame = FrameStage.frame(name, "s", next, T + next * 100);
    frame.decode(samples, 0);
    alone.add(next * FRAME, (T + next * 100) * 1000, samples, FRAME, this::expect);
    next++;
    return frame;
  }

  Frame end() {
    alone.finish(this::expect);
    return FrameStage.end(name, "s", next, T + next * 100);
  }

  /** Holds a patch that has come out against what was to come. */
  void assertNext(TestRecord<String, byte[]> patch) {
    assertThat(FrameStage.content(patch)).isEqualTo(expected.removeFirst());
    heard++;
  }

  /** How many patches were right, when all have come. */
  long allHeard() {
    assertThat(expected).isEmpty();
    return heard;
  }

  private void expect(Segment segment, float[] patch) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * patch.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(patch);
    Headers headers = SegmentHeaders.of(segment);
    OriginHeaders.add(headers, new SegmentSettings(HOP, 0.001, Duration.ofMinutes(1)));
    expected.add(
        FrameStage.content(
            new TestRecord<>(
                name, bytes.array(), headers, Math.floorDiv(segment.startMicros(), 1000))));
  }
}
