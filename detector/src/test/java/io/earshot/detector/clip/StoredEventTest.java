package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredEventTest {
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String GOOD =
      new String(TestEvents.json("id", "yard", T, T.plusMillis(960), 960), UTF_8);

  @Test
  void anEventIsRead() {
    StoredEvent event = StoredEvent.read(GOOD.getBytes(UTF_8));
    assertThat(event.event().stream()).isEqualTo("yard");
    assertThat(event.isOver()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "yard, ../yard",
    "'\"yard\"', null",
    "'\"id\":\"id\"', '\"id\":null'",
    "05.678Z, 05.678",
    "'\"onset\"', '\"other\"'",
    "'\"offset\":\"2026', '\"offset\":\"2025'",
    "'\"onset\":\"2026', '\"onset\":\"+999999999'",
    "'\"onset\":\"2026', '\"onset\":\"-292275055'",
    "'\"offset\":\"2026', '\"offset\":\"+292278994'",
    "'\"closed\"', '\"over\"'",
    "'{', ''",
    "'}', ']'"
  })
  void whatAStrangerMadeUpIsNone(String good, String bad) {
    assertThat(GOOD).contains(good);
    assertThat(StoredEvent.read(GOOD.replace(good, bad).getBytes(UTF_8))).isNull();
  }

  @Test
  void noValueIsNone() {
    assertThat(StoredEvent.read(null)).isNull();
  }
}
