package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.producer.net.Tls;
import java.util.Map;

/** {@code ingest} in the configuration: the certificate of https:// and wss:// streams. */
@JsonNaming(SnakeCaseStrategy.class)
record IngestConfig(String keystore, String password) {
  private static final String PASSWORD_VARIABLE = "EARSHOT_INGEST_PASSWORD";

  IngestConfig {
    keystore = keystore == null ? "" : keystore;
    password = password == null ? "" : password;
  }

  /**
   * What servers show; the password is the environment's, if it has one. Null without a keystore.
   */
  Tls tls(Map<String, String> environment) {
    return keystore.isEmpty()
        ? null
        : new Tls(Home.resolve(keystore), environment.getOrDefault(PASSWORD_VARIABLE, password));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "IngestConfig[" + keystore + "]";
  }
}
