package io.earshot.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
  private static HostGuard on(String listen) {
    return new HostGuard(new MetricsSettings(listen, 9464, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost:9464",
    "127.0.0.1, LOCALHOST",
    "127.0.0.1, 127.0.0.1:1",
    "127.0.0.1, [::1]:9464",
    "127.0.0.9, 127.0.0.9:9464",
    "::1, [::1]"
  })
  void aLoopbackAddressIsAskedByItsOwnNames(String listen, String host) {
    assertThat(on(listen).admits(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:9464", "localhost.evil.example", ""})
  void noOtherNameLeadsToALoopbackAddress(String host) {
    assertThat(on("127.0.0.1").admits(host)).isFalse();
  }

  @Test
  void noNameAtAllDoesNotEither() {
    assertThat(on("127.0.0.1").admits(null)).isFalse();
  }

  @Test
  void beyondLoopbackEveryNameIsFine() {
    assertThat(on("0.0.0.0").admits("detector.default.svc:9464")).isTrue();
  }
}
