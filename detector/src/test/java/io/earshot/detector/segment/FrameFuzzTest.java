package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.earshot.models.feature.LogMel;
import io.earshot.producer.frame.BadFrameException.Reason;
import io.earshot.producer.frame.StreamId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Random records between the frames of two good streams. {@code benchmarks/fuzz} runs a million of
 * them.
 */
class FrameFuzzTest {
  private static final int RECORDS = Integer.getInteger("earshot.fuzz.records", 20_000);
  private static final long SEED = Long.getLong("earshot.fuzz.seed", 1);
  private static final int RECORDS_BETWEEN = 10;
  private static final int MOST_PATCHES = 160_000 / FrameStage.HOP + 3;

  private final FrameStage stage = new FrameStage();
  private final FrameFuzzer fuzzer = new FrameFuzzer(SEED);
  private final List<GoodStream> good = List.of(new GoodStream("door"), new GoodStream("yard"));
  private long ends;
  private long silences;
  private long patches;

  @Test
  void everyRecordIsAccountedForAndGoodStreamsAreUnharmed() {
    try (stage) {
      for (int i = 0; i < RECORDS; i++) {
        send(fuzzer.draw());
        if (i % RECORDS_BETWEEN == 0) {
          good.forEach(stream -> stage.send(stream.next()));
          stage.pass(Duration.ofMillis(100));
          read();
        }
      }
      good.forEach(stream -> stage.send(stream.end()));
      for (int second = 0; second <= FrameStage.TIMEOUT.toSeconds() + 10; second++) {
        stage.pass(Duration.ofSeconds(1));
      }
      read();
      assertThat(stage.stored()).isZero();
      assertThat(silences).isEqualTo(stage.count("timed out")).isPositive();
      long heard = good.stream().mapToLong(GoodStream::allHeard).sum();
      assertThat(heard).isGreaterThan(2L * RECORDS / RECORDS_BETWEEN / 10);
      for (Reason reason : Reason.values()) {
        assertThat(stage.count("dead letter " + reason.code())).as("%s", reason).isPositive();
      }
      report(heard);
    }
  }

  /**
   * Whatever it is, it is taken or dropped or a dead letter, or it ends a stream and is no more.
   */
  private void send(TestRecord<byte[], byte[]> record) {
    long before = treated();
    long endsBefore = ends;
    stage.send(record);
    int out = read();
    long treated = treated() - before;
    assertThat(treated == 1 || (treated == 0 && ends == endsBefore + 1)).as("%s", record).isTrue();
    assertThat(ends - endsBefore).isLessThanOrEqualTo(1);
    assertThat(out).as("patches of %s", record).isLessThanOrEqualTo(MOST_PATCHES);
  }

  private long treated() {
    long treated = 0;
    for (Map.Entry<String, Long> entry : stage.counts.entrySet()) {
      boolean fate = !entry.getKey().matches("gaps|timed out|clock .*");
      treated += fate ? entry.getValue() : 0;
    }
    return treated;
  }

  private int read() {
    for (JsonNode letter : stage.deadLetters()) {
      assertThat(stage.count("dead letter " + letter.get("reason").asText())).isPositive();
      assertThat(letter.get("sample").asText()).hasSizeLessThanOrEqualTo(88);
      assertThat(letter.get("offset").asLong()).isNotNegative();
    }
    List<TestRecord<String, byte[]>> out = stage.patches();
    out.forEach(this::check);
    return out.size();
  }

  private void check(TestRecord<String, byte[]> patch) {
    assertThat(StreamId.isValid(patch.key())).isTrue();
    assertThat(patch.timestamp()).isNotNegative();
    Headers headers = patch.headers();
    if (SegmentHeaders.isEnd(headers)) {
      assertThat(patch.value()).isEmpty();
      boolean silent = SegmentHeaders.isSilence(headers);
      silences += silent ? 1 : 0;
      ends += silent ? 0 : 1;
      return;
    }
    patches++;
    SegmentHeaders.read(headers);
    assertFinite(patch.value());
    good.stream()
        .filter(stream -> stream.name.equals(patch.key()))
        .forEach(stream -> stream.assertNext(patch));
  }

  private static void assertFinite(byte[] patch) {
    assertThat(patch).hasSize(LogMel.PATCH_FLOATS * Float.BYTES);
    ByteBuffer floats = ByteBuffer.wrap(patch).order(ByteOrder.LITTLE_ENDIAN);
    boolean finite = true;
    while (floats.hasRemaining()) {
      finite &= Float.isFinite(floats.getFloat());
    }
    assertThat(finite).isTrue();
  }

  private void report(long heard) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.println("records " + RECORDS + ", seed " + SEED);
    stage.counts.forEach((what, count) -> System.out.println("  " + what + " " + count));
    System.out.println("  ends " + ends);
    System.out.println("  patches " + patches + ", of the good streams " + heard);
    System.out.println(
        "  heap at the end " + (runtime.totalMemory() - runtime.freeMemory() >> 20) + " MiB");
  }
}
