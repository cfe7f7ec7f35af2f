package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayRangeTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  @Test
  void timesAreRfc3339InAnyZoneOrHowLongAgo() throws UserException {
    assertThat(ReplayRange.of("2026-11-27T11:00:00+01:00", "90m", NOW))
        .isEqualTo(
            new ReplayRange(
                Instant.parse("2026-11-27T10:00:00Z"), Instant.parse("2026-11-27T10:30:00Z")));
    assertThat(ReplayRange.of("2h", null, NOW))
        .isEqualTo(new ReplayRange(Instant.parse("2026-11-27T10:00:00Z"), NOW));
  }

  @Test
  void whatIsNoTimeIsNamed() {
    assertThatThrownBy(() -> ReplayRange.of("2h", "yesterday", NOW))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--to: \"yesterday\" is not a time such as 2026-11-27T10:00:00Z, or how long ago, such as 90m");
  }

  @Test
  void fiveMinutesAroundItAreHeardOrAllThatDecisionsLookBackTo() throws Exception {
    ReplayRange hour = ReplayRange.of("2h", "1h", NOW);
    Instant end = Instant.parse("2026-11-27T11:05:00Z");
    assertThat(hour.around(Duration.ofSeconds(3)))
        .isEqualTo(new ReplayRange(Instant.parse("2026-11-27T09:55:00Z"), end));
    assertThat(hour.around(Duration.ofMinutes(10)))
        .isEqualTo(new ReplayRange(Instant.parse("2026-11-27T09:50:00Z"), end));
  }

  @Test
  void itHoldsItsBeginningAndNotItsEnd() {
    ReplayRange hour = new ReplayRange(NOW, NOW.plusSeconds(3600));
    assertThat(hour.holds("2026-11-27T12:00:00.000Z")).isTrue();
    assertThat(hour.holds("2026-11-27T11:59:59.999Z")).isFalse();
    assertThat(hour.holds("2026-11-27T13:00:00.000Z")).isFalse();
  }

  @Test
  void anEmptyRangeIsRefused() {
    assertThatThrownBy(() -> ReplayRange.of("1h", "2h", NOW))
        .isInstanceOf(UserException.class)
        .hasMessage("--from 2026-11-27T11:00:00Z is not before --to 2026-11-27T10:00:00Z");
  }
}
