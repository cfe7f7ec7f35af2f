package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoHeardTest {
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:00Z");

  private final List<List<DemoTable.Heard>> told = new ArrayList<>();
  private Instant begun;
  private final DemoHeard heard = new DemoHeard("demo", () -> begun, false, told::add);

  @Test
  void whatIsPlayedAgainIsNotToldAgain() throws Exception {
    heard.round(stream -> false);
    begun = FIRST;
    heard.round(stream -> false);
    heard.event(siren("2026-01-02T03:04:28Z", "2026-01-02T03:04:36Z"));
    heard.round(stream -> false);
    // The scene is played again before the last of its events are here.
    begun = FIRST.plusSeconds(60);
    heard.event(siren("2026-01-02T03:04:50Z", "2026-01-02T03:05:00Z"));
    assertThat(told).isEmpty();
    heard.round("demo"::equals);
    assertThat(told)
        .containsExactly(
            List.of(
                new DemoTable.Heard("siren", 28, 36, 0.9),
                new DemoTable.Heard("siren", 50, 60, 0.9)));
    heard.event(siren("2026-01-02T03:05:28Z", "2026-01-02T03:05:36Z"));
    heard.round("demo"::equals);
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).hasSize(2);
  }

  private static Event siren(String onset, String offset) throws Exception {
    String json =
        """
        {"id": "a", "state": "closed", "stream": "demo", "label": "siren", "onset": "%s",
         "offset": "%s", "duration_ms": 8000, "confidence": 0.9}
        """;
    return new ObjectMapper().readValue(json.formatted(onset, offset), Event.class);
  }
}
