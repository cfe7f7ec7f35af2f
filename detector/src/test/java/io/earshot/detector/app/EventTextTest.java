package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a country that writes commas for points, which no program must see. */
class EventTextTest {
  private static final Instant START = Instant.parse("2026-01-02T03:00:00.500Z");
  private static final Event CLOSED =
      event(Event.State.CLOSED, "2026-01-02T03:01:02.845Z", "2026-01-02T04:01:03.805Z");
  private static final Event OPEN = event(Event.State.OPEN, "2026-01-02T03:01:02.845Z", null);

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void inGermany() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void back() {
    Locale.setDefault(before);
  }

  @Test
  void aFilesEventIsALineForPeople() {
    assertThat(EventText.ofFile(CLOSED, EventFormat.TEXT, origin(false)))
        .isEqualTo("01:02.345  1:01:03.305  0.88  Dog, bark");
    assertThat(EventText.ofFile(CLOSED, EventFormat.TEXT, origin(true)))
        .isEqualTo("a b.wav  01:02.345  1:01:03.305  0.88  Dog, bark");
  }

  @Test
  void whatHasBegunLeavesRoomForItsEnd() {
    String closed = EventText.ofFile(CLOSED, EventFormat.TEXT, origin(false));
    assertThat(EventText.begun(OPEN, origin(false)))
        .isEqualTo("01:02.345  ...        0.88  Dog, bark")
        .hasSize(closed.length() - "1:".length());
  }

  @Test
  void aFilesEventIsARowOfOnsetOffsetAndLabel() {
    assertThat(EventText.ofFile(CLOSED, EventFormat.TSV, origin(false)))
        .isEqualTo("62.345\t3663.305\tDog, bark");
    assertThat(EventText.ofFile(CLOSED, EventFormat.TSV, origin(true)))
        .isEqualTo("a b.wav\t62.345\t3663.305\tDog, bark");
  }

  @Test
  void aFilesEventIsTheContractWithFileAndSeconds() throws Exception {
    JsonNode json =
        new ObjectMapper().readTree(EventText.ofFile(CLOSED, EventFormat.JSONL, origin(false)));
    assertThat(json.get("file").asText()).isEqualTo("a b.wav");
    assertThat(json.get("start_seconds").asDouble()).isEqualTo(62.345);
    assertThat(json.get("end_seconds").asDouble()).isEqualTo(3663.305);
    assertThat(json.get("duration_ms").asLong()).isEqualTo(3_600_960);
    assertThat(json.get("state").asText()).isEqualTo("closed");
    assertThat(json.size()).isEqualTo(19 + 3);
  }

  @Test
  void aStreamsEventIsInTimeOfDay() throws Exception {
    assertThat(EventText.ofStream(OPEN, EventFormat.TEXT))
        .isEqualTo("2026-01-02T03:01:02.845Z  door  open    0.88  Dog, bark");
    assertThat(EventText.ofStream(CLOSED, EventFormat.TEXT))
        .isEqualTo("2026-01-02T03:01:02.845Z  door  closed  0.88  Dog, bark (3600.96 s)");
    assertThat(EventText.ofStream(CLOSED, EventFormat.TSV))
        .isEqualTo("2026-01-02T03:01:02.845Z\t2026-01-02T04:01:03.805Z\tDog, bark");
    String json = EventText.ofStream(OPEN, EventFormat.JSONL);
    assertThat(new ObjectMapper().readValue(json, Event.class)).isEqualTo(OPEN);
    assertThat(json).contains("\"offset\":null").doesNotContain("\n");
  }

  @Test
  void aCandidateIsAnEventsLineWithTheReason() throws Exception {
    Candidate candidate =
        new Candidate(
            "8a1e0f4c-0000-3000-8000-000000000000",
            Candidate.Reason.BELOW_N_OF_M,
            "door",
            "Dog, bark",
            "2026-01-02T03:01:02.845Z",
            "2026-01-02T03:01:03.805Z",
            960,
            0.875,
            0.3,
            List.of(new Event.Scored(7, 0.875, null)),
            new Event.Model("net", "2"));
    assertThat(EventText.ofCandidate(candidate, EventFormat.TEXT))
        .isEqualTo(
            "2026-01-02T03:01:02.845Z  door  none    0.88  Dog, bark (0.96 s): below_n_of_m,"
                + " threshold 0.30");
    assertThat(EventText.ofCandidate(candidate, EventFormat.TSV))
        .isEqualTo("2026-01-02T03:01:02.845Z\t2026-01-02T03:01:03.805Z\tDog, bark\tbelow_n_of_m");
    String json = EventText.ofCandidate(candidate, EventFormat.JSONL);
    assertThat(new ObjectMapper().readValue(json, Candidate.class)).isEqualTo(candidate);
    assertThat(json).contains("\"reason\":\"below_n_of_m\"").doesNotContain("\n");
  }

  private static EventText.Origin origin(boolean named) {
    return new EventText.Origin("a b.wav", START, named);
  }

  private static Event event(Event.State state, String onset, String offset) {
    return new Event(
        "8a1e0f4c-0000-3000-8000-000000000000",
        state,
        "door",
        "Dog, bark",
        onset,
        offset,
        40,
        offset == null ? null : 960,
        3_600_960,
        offset == null ? null : Event.EndedBy.OFFSET,
        null,
        0.875,
        0.5,
        1,
        -12.5,
        new Event.Model("net", "2"),
        0.3,
        List.of(new Event.Score("Dog, bark", 0.875)),
        new Event.Why(
            0.3,
            0.2,
            "median of 3",
            "1 of 1",
            0,
            0,
            null,
            0,
            null,
            null,
            List.of(new Event.Scored(7, 0.9, 0.875))));
  }
}
