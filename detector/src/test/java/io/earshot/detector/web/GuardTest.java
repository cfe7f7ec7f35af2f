package io.earshot.detector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private static final String TOKEN = "0123456789abcdef";
  private final Guard loopback = new Guard(new WebSettings("127.0.0.1", 8080, ""));
  private final Guard open = new Guard(new WebSettings("0.0.0.0", 8080, TOKEN));

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080"})
  void thisMachinesNamesPass(String host) {
    assertThatCode(() -> loopback.check(host, null, null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example:8080",
        "127.0.0.2",
        "localhost:8080:80",
        "[::1]x",
        ":8080"
      })
  void otherNamesAreRefusedOnALoopbackAddress(String host) {
    assertThat(refused(loopback, host, null, null).status).isEqualTo(421);
  }

  @Test
  void theConfiguredAddressIsOneOfThem() {
    Guard other = new Guard(new WebSettings("127.0.0.5", 8080, ""));
    assertThatCode(() -> other.check("127.0.0.5:8080", null, null)).doesNotThrowAnyException();
    Guard six = new Guard(new WebSettings("::1", 8080, ""));
    assertThatCode(() -> six.check("[::1]:8080", null, null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Bearer 0123456789abcdef, -",
        "bearer  0123456789abcdef, -",
        "-, 0123456789abcdef",
        "Bearer wrong, 0123456789abcdef"
      })
  void whoKnowsTheTokenPassesByAnyName(String authorization, String parameter) {
    assertThatCode(() -> open.check("ears.example", authorization, parameter))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -",
        "'', ''",
        "Bearer, -",
        "Bearer 0123456789abcde, -",
        "Bearer 0123456789abcdef0, -",
        "Basic 0123456789abcdef, -",
        "0123456789abcdef, -",
        "-, 0123456789ABCDEF"
      })
  void whoDoesNotIsRefused(String authorization, String parameter) {
    Refusal refusal = refused(open, "ears.example", authorization, parameter);
    assertThat(refusal.status).isEqualTo(401);
    assertThat(refusal).hasMessageNotContaining(TOKEN);
  }

  private static Refusal refused(Guard guard, String host, String authorization, String token) {
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> guard.check(host, authorization, token));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
