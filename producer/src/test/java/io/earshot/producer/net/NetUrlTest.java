package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.net.NetUrl.Kind;
import io.earshot.producer.stream.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetUrlTest {
  @ParameterizedTest
  @CsvSource({
    "udp://:5000, UDP, false, '', '', 5000, ''",
    "RTP://10.0.0.7:5004, RTP, false, '', 10.0.0.7, 5004, ''",
    "tcp://:9000, TCP_SERVER, false, '', '', 9000, ''",
    "tcp://0.0.0.0:9000?listen, TCP_SERVER, false, '', 0.0.0.0, 9000, ''",
    "tcp://[::1]:9000?listen=1, TCP_SERVER, false, '', ::1, 9000, ''",
    "tcp://sensor.lan:9000, TCP_CLIENT, false, '', sensor.lan, 9000, ''",
    "http://radio.example/live.mp3?a=b, HTTP_CLIENT, false, '', radio.example, 80, /live.mp3?a=b",
    "https://me:a:b@radio.example, HTTP_CLIENT, true, me:a:b, radio.example, 443, ''",
    "http://:8090, HTTP_SERVER, false, '', '', 8090, ''",
    "https://0.0.0.0:8443/yard?listen, HTTP_SERVER, true, '', 0.0.0.0, 8443, /yard",
    "ws://:8090, WEBSOCKET_SERVER, false, '', '', 8090, ''",
    "wss://0.0.0.0:8443/yard, WEBSOCKET_SERVER, true, '', 0.0.0.0, 8443, /yard"
  })
  void addresses(
      String url, Kind kind, boolean secure, String user, String host, int port, String path) {
    assertThat(NetUrl.parse(url)).isEqualTo(new NetUrl(kind, secure, user, host, port, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "udp://",
        "udp://:65536",
        "rtp://host",
        "tcp://host:1/x",
        "tcp://host:1?hear",
        "sctp://:1",
        "udp://a b:1:2",
        "http://:/x",
        "ws://host/x",
        "ws://host:1/x?y",
        "http://host/a b"
      })
  void whatIsNoAddressIsRefusedWithWhatIsAllowed(String url) {
    assertThatThrownBy(() -> NetUrl.parse(url))
        .hasMessageStartingWith(
            "'" + Secrets.hide(url) + "' is no address, allowed: udp://[HOST]:PORT");
  }

  @Test
  void aPasswordIsNotSaid() {
    assertThatThrownBy(() -> NetUrl.parse("tcp://me:secret@host:1"))
        .hasMessageStartingWith("'tcp://...@host:1' is no address");
    assertThatThrownBy(() -> NetUrl.parse("http://me:sec/ret@host/x"))
        .hasMessageStartingWith("'http://...@host/x' is no address");
    assertThat(NetUrl.parse("http://me:secret@host/").toString()).doesNotContain("secret");
  }

  /** RFC 3986, 5.4. */
  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g, true",
    "../g?y, http://a/b/g?y, true",
    "/g#s, http://a/g, true",
    "//other/g, http://other/g, false",
    "HTTP://A:80/g, http://a/g, true",
    "https://a/g, https://a/g, false",
    "http://a:8000/g, http://a:8000/g, false",
    "http://you@a/, http://a/, true"
  })
  void redirectsKeepThePasswordOnlyWhereItIsKnown(String location, String to, boolean known) {
    NetUrl there = NetUrl.parse("http://me:secret@a/b/c/d?q").redirected(location);
    NetUrl expected = NetUrl.parse(to);
    assertThat(there.host()).isEqualToIgnoringCase(expected.host());
    assertThat(there.port()).isEqualTo(expected.port());
    assertThat(there.secure()).isEqualTo(expected.secure());
    assertThat(there.path()).isEqualTo(expected.path());
    assertThat(there.user()).isEqualTo(known ? "me:secret" : "");
  }

  @Test
  void whoNamesNoHostListensOnLoopback() {
    assertThat(NetUrl.parse("udp://:5000").local().getAddress().isLoopbackAddress()).isTrue();
    assertThat(NetUrl.parse("udp://0.0.0.0:5000").local().getAddress().isAnyLocalAddress())
        .isTrue();
  }
}
