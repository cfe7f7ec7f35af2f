package io.earshot.detector.broker;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/**
 * A broker with a second listener, which wants TLS and the password of the user {@code earshot}.
 */
public final class SecureBroker implements AutoCloseable {
  public static final String PASSWORD = "tr0ub4dor-and-3";
  public static final String STORE_PASSWORD = "correct-horse";

  private final EmbeddedBroker broker;
  private final String servers;
  private final Path store;

  private SecureBroker(EmbeddedBroker broker, String servers, Path store) {
    this.broker = broker;
    this.servers = servers;
    this.store = store;
  }

  public static SecureBroker start(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    makeKeys(store);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String servers = "127.0.0.1:" + port;
    Map<String, String> security =
        Map.of(
            "listeners",
            "SASL_SSL://" + servers,
            "advertised.listeners",
            "SASL_SSL://" + servers,
            "listener.security.protocol.map",
            "SASL_SSL:SASL_SSL",
            "sasl.enabled.mechanisms",
            "PLAIN",
            "listener.name.sasl_ssl.plain.sasl.jaas.config",
            jaas("user_earshot", PASSWORD),
            "ssl.keystore.type",
            "PKCS12",
            "ssl.keystore.location",
            store.toString(),
            "ssl.keystore.password",
            STORE_PASSWORD);
    EmbeddedBroker broker =
        EmbeddedBroker.start(folder.resolve("records"), "127.0.0.1", 0, security);
    return new SecureBroker(broker, servers, store);
  }

  private static void makeKeys(Path store) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  private static String jaas(String settings, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required %s=\"%s\";"
        .formatted(settings, password);
  }

  public String servers() {
    return servers;
  }

  /** What the clients' environment must hold. */
  public Map<String, String> environment(String password) {
    return Map.of(
        "EARSHOT_KAFKA_BOOTSTRAP_SERVERS",
        servers,
        "EARSHOT_KAFKA_SECURITY_PROTOCOL",
        "SASL_SSL",
        "EARSHOT_KAFKA_SASL_MECHANISM",
        "PLAIN",
        "EARSHOT_KAFKA_SASL_JAAS_CONFIG",
        jaas("username=\"earshot\" password", password),
        "EARSHOT_KAFKA_SSL_TRUSTSTORE_TYPE",
        "PKCS12",
        "EARSHOT_KAFKA_SSL_TRUSTSTORE_LOCATION",
        store.toString(),
        "EARSHOT_KAFKA_SSL_TRUSTSTORE_PASSWORD",
        STORE_PASSWORD,
        "EARSHOT_LOG",
        "info");
  }

  @Override
  public void close() {
    broker.close();
  }
}
