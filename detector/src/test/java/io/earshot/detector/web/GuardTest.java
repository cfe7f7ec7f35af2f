package io.earshot.detector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    assertThatCode(() -> loopback.checkHost(host)).doesNotThrowAnyException();
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
    assertThat(refused(() -> loopback.checkHost(host)).status).isEqualTo(421);
  }

  @Test
  void theConfiguredAddressIsOneOfThem() {
    Guard other = new Guard(new WebSettings("127.0.0.5", 8080, ""));
    assertThatCode(() -> other.checkHost("127.0.0.5:8080")).doesNotThrowAnyException();
    Guard six = new Guard(new WebSettings("::1", 8080, ""));
    assertThatCode(() -> six.checkHost("[::1]:8080")).doesNotThrowAnyException();
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
    assertThatCode(() -> open.checkToken(authorization, parameter, null))
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
    Refusal refusal = refused(() -> open.checkToken(authorization, parameter, parameter));
    assertThat(refusal.status).isEqualTo(401);
    assertThat(refusal).hasMessageNotContaining(TOKEN);
  }

  @Test
  void theCookieStandsForTheTokenAndIsNotIt() {
    assertThatCode(() -> open.checkToken(null, null, open.cookie())).doesNotThrowAnyException();
    assertThat(open.cookie()).doesNotContain(TOKEN).matches("[A-Za-z0-9_-]{43}");
    Guard other = new Guard(new WebSettings("0.0.0.0", 8080, TOKEN + "x"));
    assertThat(refused(() -> other.checkToken(null, null, open.cookie())).status).isEqualTo(401);
    assertThat(refused(() -> open.checkToken(null, null, TOKEN)).status).isEqualTo(401);
    assertThat(refused(() -> open.checkToken(null, open.cookie(), null)).status).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -",
        "same-origin, -",
        "none, -",
        "same-origin, https://ears.example",
        "-, http://localhost:8080",
        "-, http://LOCALHOST:8080"
      })
  void ourOwnPagesAndProgramsMayAskForMore(String site, String origin) {
    assertThatCode(() -> loopback.checkOrigin("localhost:8080", site, origin))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "cross-site, -",
        "same-site, -",
        "cross-site, http://localhost:8080",
        "-, http://localhost:9090",
        "-, http://evil.example",
        "-, null",
        "-, ''"
      })
  void pagesOfOtherSitesMayNot(String site, String origin) {
    assertThat(refused(() -> loopback.checkOrigin("localhost:8080", site, origin)).status)
        .isEqualTo(403);
  }

  private static Refusal refused(ThrowingCallable check) {
    Refusal refusal = catchThrowableOfType(Refusal.class, check);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
