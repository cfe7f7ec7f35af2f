package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.web.WebSettings;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code web} in the configuration. */
@JsonNaming(SnakeCaseStrategy.class)
record WebConfig(boolean enabled, String listen, int port, String token) {
  /** So that the token need not stand in a file. */
  static final String TOKEN_VARIABLE = "EARSHOT_WEB_TOKEN";

  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,256}");
  private static final String TOKEN_FORM = "16 to 256 letters, digits or signs, without spaces";

  WebConfig {
    Check.address("listen", listen);
    Check.between("port", port, 1, 65_535);
    token = token == null ? "" : token;
    Check.that("token", token.isEmpty() || isToken(token), "empty, or " + TOKEN_FORM);
  }

  /**
   * What the server is started with; the token is the environment's, if it has one.
   *
   * @throws UserException if others than this machine could ask without a token; it is not quoted
   */
  WebSettings settings(Map<String, String> environment) throws UserException {
    String variable = environment.getOrDefault(TOKEN_VARIABLE, "");
    if (!variable.isEmpty() && !isToken(variable)) {
      throw UserException.wrongUse("environment: " + TOKEN_VARIABLE + " must be " + TOKEN_FORM);
    }
    WebSettings settings = new WebSettings(listen, port, variable.isEmpty() ? token : variable);
    if (settings.token().isEmpty() && !settings.isLoopback()) {
      throw UserException.wrongUse(
          "web.token, or %s in the environment, must be set where web.listen is %s: %s; else anyone who reaches it could listen in"
              .formatted(TOKEN_VARIABLE, listen, TOKEN_FORM));
    }
    return settings;
  }

  private static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "WebConfig[enabled=%s, listen=%s, port=%d]".formatted(enabled, listen, port);
  }
}
