package io.earshot.producer.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.rtp.RtcpPacket.Bye;
import io.earshot.producer.rtp.RtcpPacket.ReceiverReport;
import io.earshot.producer.rtp.RtcpPacket.SenderReport;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpPacketTest {
  private static final ByteBuffer NAME = hex("81ca0003 00000009 01026162 00000000");

  /** 2026-01-02T03:04:05.5Z is 1,767,323,045.5 s after 1970, and 3,976,311,845.5 after 1900. */
  @Test
  void aSenderReportHasBothClocks() {
    ByteBuffer report = Packets.senderReport(9, 3_976_311_845L, 0x8000_0000L, 4_000_000_000L, 2);
    assertThat(RtcpPacket.parse(Packets.join(report, NAME)))
        .hasValueSatisfying(
            packets ->
                assertThat(packets)
                    .containsExactly(
                        new SenderReport(9, 1_767_323_045_500_000L, 4_000_000_000L, 7)));
  }

  /** NTP's second era begins at 2036-02-07T06:28:16Z. */
  @Test
  void timeGoesOnAfter2036() {
    assertThat(RtcpPacket.parse(Packets.senderReport(9, 0, 0, 0, 0)))
        .hasValueSatisfying(
            packets ->
                assertThat(((SenderReport) packets.get(0)).micros())
                    .isEqualTo(2_085_978_496_000_000L));
  }

  @Test
  void aCompoundPacketIsReadToItsEnd() {
    ByteBuffer empty = hex("80c90001 00000005");
    assertThat(RtcpPacket.parse(Packets.join(empty, NAME, Packets.bye(5, 6))))
        .hasValueSatisfying(
            packets ->
                assertThat(packets).containsExactly(new ReceiverReport(5), new Bye(5), new Bye(6)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80c8",
        "80c80006 00000009", // shorter than it says
        "80c80000", // shorter than a report is
        "81c80006 00000009 00000000 00000000 00000000 00000000 00000000", // its block is missing
        "40c90001 00000005", // version 1
        "80000001 00000005", // sound on the port of reports
        "82cb0001 00000005", // a farewell of two that names one
        "80c90001 00000005 80ca0003" // the second is cut off
      })
  void whatIsNoReportIsRefused(String hex) {
    assertThat(RtcpPacket.parse(hex(hex))).isEmpty();
  }

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
