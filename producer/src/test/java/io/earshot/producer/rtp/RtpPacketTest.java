package io.earshot.producer.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
  @Test
  void aPlainPacket() {
    RtpPacket packet = parse("808bffff fffffff0 deadbeef 0102 0304").orElseThrow();
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(11);
    assertThat(packet.sequence()).isEqualTo(65_535);
    assertThat(packet.timestamp()).isEqualTo(4_294_967_280L);
    assertThat(packet.source()).isEqualTo(0xdeadbeefL);
    assertThat(packet.payload()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void contributingSourcesAnExtensionAndPaddingArePassedOver() {
    RtpPacket packet =
        parse("b2000001 00000000 00000001 aaaaaaaa bbbbbbbb bede0001 cccccccc 0506 000003")
            .orElseThrow();
    assertThat(packet.marker()).isFalse();
    assertThat(packet.payload()).containsExactly(5, 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "8000000100000000000000", // one byte short
        "400000010000000000000001", // version 1
        "8f00000100000000000000010102", // 15 contributing sources that are not there
        "900000010000000000000001bede", // an extension without its length
        "900000010000000000000001bedeffff00", // one that is longer than the packet
        "a00000010000000000000001010200", // padding of no bytes
        "a000000100000000000000010102ff", // more padding than packet
        "a00000010000000000000001" // padding in the header
      })
  void whatIsNoPacketIsRefused(String hex) {
    assertThat(parse(hex)).isEmpty();
  }

  @Test
  void anythingAtAllIsEitherAPacketOrNone() {
    Random random = new Random(3550);
    int packets = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[0] = (byte) (0x80 | (bytes[0] & 0x3f));
      }
      ByteBuffer datagram = ByteBuffer.wrap(bytes);
      packets += RtpPacket.parse(datagram).isPresent() ? 1 : 0;
      RtcpPacket.parse(datagram);
      assertThat(datagram.position()).isZero();
    }
    assertThat(packets).isGreaterThan(1000);
  }

  private static Optional<RtpPacket> parse(String hex) {
    return RtpPacket.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }
}
