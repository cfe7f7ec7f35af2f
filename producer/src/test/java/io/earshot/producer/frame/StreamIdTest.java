package io.earshot.producer.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamIdTest {
  @ParameterizedTest
  @CsvSource({
    "mic-1, mic-1",
    "'front door (2).wav', front_door__2_.wav",
    "Türglocke.ogg, T_rglocke.ogg",
    "'', _",
    "\uD83D\uDC36.wav, _.wav"
  })
  void anyNameBecomesAnId(String name, String id) {
    assertThat(StreamId.of(name)).isEqualTo(id);
    assertThat(StreamId.isValid(id)).isTrue();
  }

  @Test
  void longNamesAreCut() {
    assertThat(StreamId.of("x".repeat(500))).hasSize(128);
  }

  @Test
  void whatIsNotAllowedIsNamed() {
    assertThat(StreamId.check("a.b_c-D9")).isEqualTo("a.b_c-D9");
    assertThatThrownBy(() -> StreamId.check("a b"))
        .hasMessage("not a stream id: 'a b' (allowed: 1 to 128 of A-Za-z0-9._-)");
    assertThat(StreamId.isValid(null)).isFalse();
  }
}
