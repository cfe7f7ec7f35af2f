package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.detector.clip.TestEvents;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.web.WhatIf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A label's noise goes up and down through the one threshold, and stays above the other. */
class ReplayPairTest {
  private static final long START = 1_700_000_000_000_000L;

  private final ScoreReplay amid = replay(0.5f);
  private final ScoreReplay below = replay(0.3f);

  @Test
  void asLongAsThereIsRoomBothAreDecided() throws Exception {
    ReplayPair pair = new ReplayPair(amid, below, 6);
    hear(pair, 10);
    assertThat(pair.before()).hasSize(5);
    assertThat(pair.after()).hasSize(1);
    assertThat(pair.isFull()).isFalse();
  }

  @Test
  void ofTooManyEventsNoMoreAreKeptAndNoneAreCompared() {
    ReplayPair pair = new ReplayPair(amid, below, 6);
    hear(pair, 1_000);
    assertThat(pair.isFull()).isTrue();
    assertThat(amid.events() + below.events()).isEqualTo(7);
    assertThatThrownBy(pair::before)
        .isInstanceOf(WhatIf.NoAnswer.class)
        .hasMessageStartingWith("minutes must be fewer, or for one stream: ")
        .hasMessageEndingWith("more than 6 events");
    assertThatThrownBy(pair::after).isInstanceOf(WhatIf.NoAnswer.class);
  }

  private static ScoreReplay replay(float onset) {
    return new ScoreReplay(
        new EventRules(TestEvents.MODEL, List.of(new EventRules.Rule("dog_bark", onset))),
        new ReplayRange(Instant.EPOCH, Instant.MAX),
        stream -> true);
  }

  private static void hear(ReplayPair pair, int segments) {
    for (int i = 0; i < segments; i++) {
      pair.add(record(i, i % 2 == 0 ? 0.6f : 0.4f));
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(int index, float score) {
    ByteBuffer value = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    value.putFloat(score);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("earshot.scores", 0, index, "yard".getBytes(US_ASCII), value.array());
    Map.of(
            "session", "run",
            "index", Integer.toString(index),
            "start", Long.toString(START + index * 960_000L),
            "coverage", "1.0000",
            "rms_dbfs", "-20.00",
            "model", "base@1",
            "hop_ms", "960")
        .forEach((name, text) -> record.headers().add(name, text.getBytes(US_ASCII)));
    return record;
  }
}
