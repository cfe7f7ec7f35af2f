package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.net.NetUrl.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetUrlTest {
  @ParameterizedTest
  @CsvSource({
    "udp://:5000, UDP, '', 5000",
    "RTP://10.0.0.7:5004, RTP, 10.0.0.7, 5004",
    "tcp://:9000, TCP_SERVER, '', 9000",
    "tcp://0.0.0.0:9000?listen, TCP_SERVER, 0.0.0.0, 9000",
    "tcp://[::1]:9000?listen=1, TCP_SERVER, ::1, 9000",
    "tcp://sensor.lan:9000, TCP_CLIENT, sensor.lan, 9000"
  })
  void addresses(String url, Kind kind, String host, int port) {
    assertThat(NetUrl.parse(url)).isEqualTo(new NetUrl(kind, host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "udp://",
        "udp://:65536",
        "rtp://host",
        "tcp://host:1/x",
        "sctp://:1",
        "udp://a b:1:2"
      })
  void whatIsNoAddressIsRefusedWithWhatIsAllowed(String url) {
    assertThatThrownBy(() -> NetUrl.parse(url))
        .hasMessageStartingWith("'" + url + "' is no address, allowed: udp://[HOST]:PORT");
  }
}
