package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may come in. */
class WebConfigTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final String OTHER = "fedcba9876543210";

  @Test
  void onThisMachineNoTokenIsNeeded() throws Exception {
    assertThat(config("127.0.0.1", "").settings(Map.of()).token()).isEmpty();
    assertThat(config("::1", "").settings(Map.of()).token()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "192.0.2.1", "::", "2001:db8::1"})
  void elsewhereOneIs(String listen) throws Exception {
    UserException e =
        catchThrowableOfType(UserException.class, () -> config(listen, "").settings(Map.of()));
    assertThat(e.status).isEqualTo(2);
    assertThat(e)
        .hasMessageStartingWith(
            "web.token, or EARSHOT_WEB_TOKEN in the environment, must be set where web.listen is "
                + listen);
    assertThat(config(listen, TOKEN).settings(Map.of()).token()).isEqualTo(TOKEN);
  }

  @Test
  void theEnvironmentsTokenWins() throws Exception {
    Map<String, String> environment = Map.of("EARSHOT_WEB_TOKEN", OTHER);
    assertThat(config("0.0.0.0", "").settings(environment).token()).isEqualTo(OTHER);
    assertThat(config("0.0.0.0", TOKEN).settings(environment).token()).isEqualTo(OTHER);
  }

  @Test
  void aTokenOfTheEnvironmentThatIsTooShortIsRefusedAndNotSaid() {
    UserException e =
        catchThrowableOfType(
            UserException.class,
            () -> config("127.0.0.1", "").settings(Map.of("EARSHOT_WEB_TOKEN", "hunter2")));
    assertThat(e.status).isEqualTo(2);
    assertThat(e)
        .hasMessage(
            "environment: EARSHOT_WEB_TOKEN must be 16 to 256 letters, digits or signs, without spaces");
  }

  @Test
  void theTokenIsSaidNowhere() throws Exception {
    WebConfig config = config("0.0.0.0", TOKEN);
    assertThat(config.toString()).doesNotContain(TOKEN);
    assertThat(config.settings(Map.of()).toString()).doesNotContain(TOKEN);
  }

  private static WebConfig config(String listen, String token) {
    return new WebConfig(true, listen, 8080, token);
  }
}
