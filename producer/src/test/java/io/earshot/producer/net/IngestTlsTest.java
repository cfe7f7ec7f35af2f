package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.testing.Programs;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With keystores by keytool, and curl and ffmpeg on the other side. */
class IngestTlsTest extends IngestFixture {
  private static final String PASSWORD = "keystore-secret";
  private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void soundComesByTls(String type) throws Exception {
    Programs.require("ffmpeg", "curl");
    NetStream yard = openSecure(keystore(type), "https://:0");
    run("%s tone.wav", tone(48_000, 1).replace("-re ", ""));
    run(
        "curl -sS --fail --cacert own.pem -o answer.txt -T tone.wav https://any:%s@localhost:%d/yard",
        TOKEN, port(yard));
    awaitEnd();
    assertTone(1, 0.005, AMPLITUDE, 70);
    frames.clear();
    String url = "icecast://source:%s@127.0.0.1:%d/yard".formatted(TOKEN, port(yard));
    run("%s -tls 1 -content_type audio/wav -f wav %s", tone(44_100, 1.5), url);
    awaitEnd();
    assertTone(1.5, 0.005, AMPLITUDE, 70);
  }

  @Test
  void oldProtocolsAndNoTlsAreRefused() throws Exception {
    Programs.require("curl");
    NetStream yard = openSecure(keystore("PKCS12"), "wss://:0");
    String page = "curl -sS -k %s -o page.html https://127.0.0.1:%d/";
    run(page, "--tlsv1.3", port(yard));
    run(page, "--tls-max 1.2", port(yard));
    // Else curl itself would not do it.
    String old = "--tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0";
    assertThatThrownBy(() -> run(page, old, port(yard))).isInstanceOf(AssertionError.class);
    assertThat(ask(port(yard), "GET / HTTP/1.1\r\n\r\n")).doesNotContain("HTTP");
    assertThat(Files.readString(folder.resolve("page.html"))).contains("<!doctype html>");
    await().untilAsserted(() -> assertThat(streams.refused()).containsEntry("bad_request", 2L));
  }

  /** What strangers have computed is not computed by the thread that serves the streams. */
  @Test
  void handshakesAreOnAThreadOfTheirOwn() throws Exception {
    NetStream yard = openSecure(keystore("PKCS12"), "wss://:0");
    try (SSLSocket socket = connect(port(yard), "TLSv1.3")) {
      socket.startHandshake();
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .contains("earshot-handshakes");
    }
    await().until(() -> streams.refused().equals(Map.of("no_request", 1L)));
  }

  @Test
  void aSecondHandshakeOnOneConnectionEndsIt() throws Exception {
    NetStream yard = openSecure(keystore("PKCS12"), "https://:0");
    try (SSLSocket socket = connect(port(yard), "TLSv1.2")) {
      socket.startHandshake();
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getInputStream().read();
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    await().until(() -> streams.refused().equals(Map.of("bad_request", 1L)));
  }

  /** As somebody who trusts whomever he meets. */
  private static SSLSocket connect(int port, String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  @Test
  void withoutAKeystoreThereIsNoTls() {
    assertThat(problem())
        .isEqualTo("TLS needs a keystore, set ingest.keystore and ingest.password");
    assertThat(open("attic", "http://:0").status().state()).isEqualTo(State.WAITING);
  }

  @Test
  void whatIsWrongWithAKeystoreIsSaidInOneLineWithoutThePassword() throws Exception {
    Path right = keystore("PKCS12");
    assertWrong(folder.resolve("missing"), PASSWORD, "ingest.keystore: no file " + folder);
    assertWrong(right, "wrong-secret", "ingest.password: not that of " + right);
    Path text = Files.writeString(folder.resolve("text"), "no keystore");
    assertWrong(text, PASSWORD, "ingest.keystore: %s is no PKCS12 or JKS".formatted(text));
    keytool("-exportcert -alias own -keystore %s -file own.der -storepass %s", right, PASSWORD);
    Path trusted = folder.resolve("trusted");
    keytool(
        "-importcert -noprompt -alias own -keystore %s -file own.der -storepass %s",
        trusted, PASSWORD);
    assertWrong(trusted, PASSWORD, "ingest.keystore: no key in " + trusted);
  }

  private void assertWrong(Path keystore, String password, String message) {
    streams.close();
    Tls tls = new Tls(keystore, password);
    streams = streams(tls, IngestLimits.DEFAULT);
    assertThat(problem()).startsWith(message).doesNotContain(password).doesNotContain("\n");
    assertThat(tls.toString()).doesNotContain(password);
  }

  /** Why it listens not. */
  private String problem() {
    NetStream yard = streams.start(settings("yard", "https://:0"));
    await().until(() -> yard.status().state() == State.FAILED);
    return yard.status().problem();
  }

  private NetStream openSecure(Path keystore, String source) {
    streams.close();
    streams = streams(new Tls(keystore, PASSWORD), IngestLimits.DEFAULT);
    return open("yard", source);
  }

  private Path keystore(String type) throws Exception {
    Path keystore = folder.resolve("own." + type);
    keytool(
        "-genkeypair -alias own -keyalg EC -dname CN=localhost -ext SAN=dns:localhost"
            + " -storetype %s -keystore %s -storepass %s -keypass %s",
        type, keystore, PASSWORD, PASSWORD);
    keytool(
        "-exportcert -rfc -alias own -keystore %s -file own.pem -storepass %s", keystore, PASSWORD);
    return keystore;
  }

  private void keytool(String options, Object... values) throws Exception {
    Process process =
        new ProcessBuilder((KEYTOOL + " " + options.formatted(values)).split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }
}
