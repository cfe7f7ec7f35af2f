package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewestEventsTest {
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");

  private final NewestEvents events = new NewestEvents(3);

  @Test
  void ofManyTheLastAreKnown() {
    for (int i = 0; i < 5; i++) {
      events.add(closed("id" + i));
    }
    assertThat(events.get("id0")).isNull();
    assertThat(events.get("id1")).isNull();
    for (int i = 2; i < 5; i++) {
      assertThat(events.get("id" + i).event().id()).isEqualTo("id" + i);
      assertThat(events.get("id" + i).json()).isEqualTo(closed("id" + i));
    }
  }

  /** What it says of an open event could be old. */
  @Test
  void anEventIsKnownWhenItIsOver() {
    events.add(TestEvents.json("id", "yard", T, null, 960));
    assertThat(events.get("id")).isNull();
    events.add(closed("id"));
    assertThat(events.get("id").event().state()).isEqualTo(Event.State.CLOSED);
  }

  @Test
  void whatIsNoEventIsPassedOver() {
    events.add(null);
    events.add("{\"id\":\"id\"".getBytes(US_ASCII));
    assertThat(events.get("id")).isNull();
  }

  private static byte[] closed(String id) {
    return TestEvents.json(id, "yard", T, T.plusMillis(960), 960);
  }
}
