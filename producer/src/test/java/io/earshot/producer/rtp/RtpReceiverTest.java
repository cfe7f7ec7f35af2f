package io.earshot.producer.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.rtp.RtpReceiver.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpReceiverTest {
  private static final int PCMU = 0;
  private static final long DELAY = 60_000_000;
  private static final long SOURCE = 0xfeedL;
  private static final int FRAMES = 160;

  private final Heard heard = new Heard();
  private final RtpReceiver receiver =
      new RtpReceiver(RtpFormat.formats("97=L16/48000/2"), DELAY, 1, heard);
  private long nanos;

  @Test
  void packetsInOrderGoOnAtOnceAndThroughEveryWrap() {
    for (int i = 0; i < 70_000; i++) {
      send(i + 65_500, 4_294_967_000L + (long) FRAMES * i, i);
    }
    assertThat(heard.sound).hasSize(70_000);
    for (int i = 0; i < 70_000; i += 777) {
      assertThat(heard.sound.get(i)).isEqualTo(new Sound((long) FRAMES * i, (byte) i));
    }
    assertThat(heard.begun).isEqualTo(1);
    assertThat(receiver.lost()).isZero();
  }

  @Test
  void packetsThatWereMixedUpComeInOrderOnceEach() {
    Random random = new Random(1);
    List<Integer> order = new ArrayList<>(List.of(0, 1));
    for (int block = 2; block < 3000; block += 3) {
      List<Integer> mixed = new ArrayList<>(List.of(block, block + 1, block + 2));
      Collections.shuffle(mixed, random);
      mixed.add(block); // and one of them twice
      order.addAll(mixed);
    }
    order.forEach(i -> send(i, (long) FRAMES * i, i));
    assertThat(heard.positions()).hasSize(3002).isSorted().doesNotHaveDuplicates();
    assertThat(heard.refused).containsOnly(Map.entry(Refusal.DUPLICATE, 1000));
    assertThat(receiver.lost()).isZero();
  }

  @Test
  void aLostPacketIsWaitedForAndThenAGap() {
    send(0, 0, 0);
    send(1, FRAMES, 1);
    send(3, 3 * FRAMES, 3);
    assertThat(heard.positions()).containsExactly(0L, 160L);
    nanos += DELAY - 30_000_000;
    receiver.tick(nanos);
    assertThat(heard.sound).hasSize(2);
    nanos += 30_000_000;
    receiver.tick(nanos);
    assertThat(heard.positions()).containsExactly(0L, 160L, 480L);
    assertThat(receiver.lost()).isEqualTo(1);
    send(2, 2 * FRAMES, 2);
    assertThat(heard.refused).containsOnly(Map.entry(Refusal.LATE, 1));
    assertThat(heard.begun).isEqualTo(1);
  }

  @Test
  void notTooManyPacketsWait() {
    send(0, 0, 0);
    send(1, FRAMES, 1);
    for (int i = 3; i < 140; i++) {
      nanos = 0;
      send(i, (long) FRAMES * i, i);
    }
    assertThat(heard.sound).hasSize(2 + 137);
  }

  @Test
  void aSilenceThatWasNotSentIsAGap() {
    send(0, 0, 0);
    send(1, FRAMES, 1);
    send(2, 8000, 2);
    assertThat(heard.positions()).containsExactly(0L, 160L, 8000L);
    assertThat(receiver.lost()).isZero();
  }

  @Test
  void anotherSourceTakesOverWithItsSecondPacketInARow() {
    send(0, 0, 0);
    send(1, FRAMES, 1);
    send(PCMU, 500, 77, 2, 50);
    assertThat(heard.begun).isEqualTo(1);
    send(PCMU, 501, 77 + FRAMES, 2, 51);
    assertThat(heard.begun).isEqualTo(2);
    assertThat(heard.positions()).containsExactly(0L, 160L, 0L, 160L);
    assertThat(heard.sound.get(2).first).isEqualTo((byte) 50);
  }

  @Test
  void aSecondSenderAtTheSameTimeIsNotHeard() {
    for (int i = 0; i < 100; i++) {
      send(i, (long) FRAMES * i, i);
      send(PCMU, 900 + i, FRAMES * i, 2, i);
    }
    assertThat(heard.begun).isEqualTo(1);
    assertThat(heard.sound).hasSize(100);
  }

  @Test
  void aSenderThatBeginsAnewBeginsASession() {
    send(0, 0, 0);
    send(1, FRAMES, 1);
    send(30_000, 5, 2);
    assertThat(heard.refused).containsOnly(Map.entry(Refusal.OUT_OF_SEQUENCE, 1));
    send(30_001, 5 + FRAMES, 3);
    send(30_002, 5 + 2 * FRAMES, 4);
    assertThat(heard.begun).isEqualTo(2);
    assertThat(heard.positions()).containsExactly(0L, 160L, 0L, 160L);
  }

  @Test
  void timestampsThatBeginAnewBeginASession() {
    send(0, 100_000, 0);
    send(1, 100_160, 1);
    send(2, 0, 2);
    assertThat(heard.begun).isEqualTo(2);
    assertThat(heard.positions()).containsExactly(0L, 160L, 0L);
  }

  @Test
  void anotherFormatBeginsASession() {
    send(0, 0, 0);
    send(1, FRAMES, 1);
    send(97, 2, 0, SOURCE, 2);
    send(97, 3, 40, SOURCE, 3);
    assertThat(heard.formats).extracting(RtpFormat::rate).containsExactly(8000, 48_000);
    assertThat(heard.positions()).containsExactly(0L, 160L, 0L, 40L);
  }

  @Test
  void reportsTellTheTimeOfPositionsAcrossTheTimestampsWrap() {
    receiver.report(Packets.senderReport(SOURCE, 3_976_311_845L, 0, 4_294_967_136L, 0), nanos);
    send(0, 4_294_967_136L, 0);
    send(1, 0, 1);
    receiver.report(Packets.senderReport(SOURCE, 3_976_311_845L, 0, 80, 0), nanos);
    receiver.report(Packets.senderReport(SOURCE, 3_976_311_845L, 0, 4_294_967_216L, 1), nanos);
    receiver.report(Packets.senderReport(SOURCE + 1, 3_976_311_845L, 0, 80, 0), nanos);
    assertThat(heard.reports)
        .as("the first came ahead of the sound")
        .containsExactly(0L, 240L, 80L);
  }

  @Test
  void afterAFarewellTheSameSourceBeginsASession() {
    send(0, 0, 0);
    send(1, FRAMES, 1);
    send(3, 3 * FRAMES, 3);
    receiver.report(
        Packets.join(Packets.senderReport(SOURCE, 1, 0, 0, 0), Packets.bye(SOURCE)), nanos);
    send(2, 2 * FRAMES, 2);
    receiver.tick(nanos += DELAY / 2);
    assertThat(heard.left).isZero();
    receiver.tick(nanos += DELAY / 2);
    assertThat(heard.left).isEqualTo(1);
    assertThat(heard.positions())
        .as("what was on its way is heard")
        .containsExactly(0L, 160L, 320L, 480L);
    receiver.report(Packets.bye(SOURCE), nanos);
    assertThat(heard.left).isEqualTo(1);
    send(4, 4 * FRAMES, 4);
    send(5, 5 * FRAMES, 5);
    assertThat(heard.begun).isEqualTo(2);
  }

  @Test
  void whatIsNotHeardIsCountedByItsReason() {
    receiver.datagram(Packets.rtp(96, 0, 0, 1, (byte) 1), now());
    receiver.datagram(Packets.rtp(PCMU, 0, 0, 1), now());
    receiver.datagram(Packets.rtp(97, 0, 0, 1, (byte) 1, (byte) 1, (byte) 1), now());
    receiver.datagram(Packets.bye(1), now());
    receiver.report(Packets.rtp(PCMU, 0, 0, 1, (byte) 1), nanos);
    assertThat(heard.refused)
        .containsOnly(
            Map.entry(Refusal.UNKNOWN_PAYLOAD, 1),
            Map.entry(Refusal.ODD_LENGTH, 2),
            Map.entry(Refusal.NOT_RTP, 1),
            Map.entry(Refusal.NOT_RTCP, 1));
    assertThat(heard.sound).isEmpty();
  }

  @Test
  void anythingAtAllIsHeardOrRefused() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      int type = random.nextBoolean() ? PCMU : 97;
      byte[] payload = new byte[4 * random.nextInt(3)];
      int sequence = random.nextInt(1 << random.nextInt(17));
      receiver.datagram(
          Packets.rtp(type, sequence, random.nextInt(), random.nextInt(3), payload), now());
      receiver.tick(nanos += random.nextInt(1_000_000));
    }
    receiver.leave();
    assertThat(heard.sound).isNotEmpty();
    assertThat(heard.positions()).allMatch(position -> position >= -48_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"97", "97=L16", "128=L16/8000", "97=OPUS/48000", "97=L16/7999", "97=L16/48000/0"})
  void aMappingThatIsNoneIsRefusedWithWhatIsAllowed(String mapping) {
    assertThatThrownBy(() -> RtpFormat.formats(mapping))
        .hasMessageStartingWith(
            "payload '" + mapping + "', allowed: TYPE=ENCODING/RATE[/CHANNELS]");
  }

  private void send(int sequence, long timestamp, int first) {
    send(PCMU, sequence, timestamp, SOURCE, first);
  }

  private void send(int type, int sequence, long timestamp, long source, int first) {
    byte[] payload = new byte[FRAMES];
    payload[0] = (byte) first;
    receiver.datagram(Packets.rtp(type, sequence, timestamp, source, payload), now());
    nanos += 1_000_000;
  }

  private Moment now() {
    return new Moment(nanos, nanos / 1000);
  }

  private record Sound(long position, byte first) {}

  private static final class Heard implements RtpReceiver.Listener {
    private final List<Sound> sound = new ArrayList<>();
    private final List<RtpFormat> formats = new ArrayList<>();
    private final List<Long> reports = new ArrayList<>();
    private final Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);
    private int begun;
    private int left;

    private List<Long> positions() {
      return sound.stream().map(Sound::position).toList();
    }

    @Override
    public void begins(RtpFormat format) {
      begun++;
      formats.add(format);
    }

    @Override
    public void sound(long position, byte[] payload, Moment arrival) {
      sound.add(new Sound(position, payload[0]));
    }

    @Override
    public void reported(long position, long micros) {
      reports.add(position);
    }

    @Override
    public void leaves() {
      left++;
    }

    @Override
    public void refused(Refusal reason) {
      refused.merge(reason, 1, Integer::sum);
    }
  }
}
