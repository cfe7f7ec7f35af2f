package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** {@code ingest} in the configuration: the certificate of https:// and wss:// streams. */
@JsonNaming(SnakeCaseStrategy.class)
record IngestConfig(String keystore, String password) {
  IngestConfig {
    keystore = keystore == null ? "" : keystore;
    password = password == null ? "" : password;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "IngestConfig[" + keystore + "]";
  }
}
