package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void anEmptyRangeIsRefused() {
    assertThatThrownBy(() -> ReplayRange.of("1h", "2h", NOW))
        .isInstanceOf(UserException.class)
        .hasMessage("--from 2026-11-27T11:00:00Z is not before --to 2026-11-27T10:00:00Z");
  }
}
