package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.detector.clip.TestEvents;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.web.WhatIf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The rules have a hop of 960 ms. */
class ScoreReplayTest {
  private static final long START = 1_700_000_000_000_000L;

  private final ScoreReplay replay =
      new ScoreReplay(
          new EventRules(TestEvents.MODEL, List.of(new EventRules.Rule("dog_bark", 0.5f))),
          new ReplayRange(Instant.EPOCH, Instant.MAX),
          stream -> stream.equals("yard"));

  @Test
  void ofOneHopThereIsAnAnswer() {
    for (int i = 0; i < 12; i++) {
      add("yard", i, 960, "960");
    }
    add("street", 0, 480, "480");
    assertThat(replay.hasOtherHop()).isFalse();
    assertThatCode(() -> WhatIfReplay.requireOneHop(replay)).doesNotThrowAnyException();
  }

  @Test
  void scoresThatSayThatTheirHopWasAnotherAreNotComparedSilently() {
    add("yard", 0, 960, "960");
    add("yard", 1, 480, "480");
    assertThatThrownBy(() -> WhatIfReplay.requireOneHop(replay))
        .isInstanceOf(WhatIf.NoAnswer.class)
        .hasMessageStartingWith("minutes must be fewer: ");
  }

  /** An older detector's. */
  @Test
  void norAreThoseWhoseTimesSayIt() {
    for (int i = 0; i < 12; i++) {
      add("yard", i, 480, null);
    }
    assertThatThrownBy(() -> WhatIfReplay.requireOneHop(replay))
        .isInstanceOf(WhatIf.NoAnswer.class);
  }

  private void add(String stream, int index, int hopMillis, String hop) {
    Headers headers = new RecordHeaders();
    header(headers, "session", "run");
    header(headers, "index", Integer.toString(index));
    header(headers, "start", Long.toString(START + index * hopMillis * 1_000L));
    header(headers, "coverage", "1.0000");
    header(headers, "rms_dbfs", "-20.00");
    header(headers, "model", "base@1");
    if (hop != null) {
      header(headers, "hop_ms", hop);
    }
    replay.add(
        new ConsumerRecord<>(
            "earshot.scores",
            0,
            index,
            START / 1_000,
            TimestampType.CREATE_TIME,
            0,
            0,
            stream.getBytes(US_ASCII),
            new byte[Float.BYTES],
            headers,
            Optional.empty()));
  }

  private static void header(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(US_ASCII));
  }
}
