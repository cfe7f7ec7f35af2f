package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.stream.RawPcm;
import io.earshot.producer.stream.StreamSettings;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Datagrams of sound, and people who send nonsense. */
class NetStreamsTest extends NetFixture {
  @Test
  void rawDatagramsEndWithSilence() throws Exception {
    StreamSettings right =
        StreamSettings.of("yard", "udp://127.0.0.1:0")
            .with(new RawPcm(new AudioShape(48_000, 2), RawEncoding.F32LE))
            .with(new Conditioning(1, 0, 0))
            .withIdle(Duration.ofSeconds(1));
    NetStream stream = streams.start(right);
    await().until(() -> stream.localAddress() != null);
    int port = stream.localAddress().getPort();
    send(48_000, 2, "-f f32le udp://127.0.0.1:%d?pkt_size=1280".formatted(port));
    await().until(() -> stream.status().state() == State.WAITING);
    await().until(() -> frames.get(frames.size() - 1).end());
    assertTone(2, 70);
    assertThat(stream.status().counts().sendersClock()).isFalse();
  }

  /** Who pauses for less than the settings' ten seconds goes on in his session, later. */
  @Test
  void aPauseOfDatagramsIsAGapOfItsLength() throws Exception {
    NetStream stream = streams.start(StreamSettings.of("yard", "udp://127.0.0.1:0"));
    await().until(() -> stream.localAddress() != null);
    int port = stream.localAddress().getPort();
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < 60; i++) {
        socket.send(new DatagramPacket(new byte[640], 640, HERE, port));
        Thread.sleep(i == 39 ? 3000 : 20);
      }
    }
    await().until(() -> stream.status().counts().gaps() > 0);
    await().until(() -> stream.status().counts().frames() >= 11);
    assertThat(stream.status().state()).isEqualTo(State.RUNNING);
    // Three seconds, less what a machine that is busy just then makes of it.
    assertThat(stream.status().counts().missingMillis()).isGreaterThan(950);
    stream.close();
    await().until(() -> !frames.isEmpty() && frames.get(frames.size() - 1).end());
    assertThat(frames).allMatch(frame -> frame.session().equals("s1"));
    long took = frames.get(frames.size() - 1).captureMillis() - frames.get(0).captureMillis();
    assertThat(took).as("ms, of which 1200 have sound").isGreaterThan(2050);
  }

  @Test
  void aBrokenStreamNeverStopsTheOthers() throws Exception {
    NetStream good =
        streams.start(
            StreamSettings.of("good", "udp://127.0.0.1:0").withIdle(Duration.ofSeconds(1)));
    NetStream wav = streams.start(StreamSettings.of("wav", "tcp://127.0.0.1:0?listen"));
    NetStream rtp = openRtp("");
    await().until(() -> good.localAddress() != null && wav.localAddress() != null);
    int taken = good.localAddress().getPort();
    NetStream bad = streams.start(StreamSettings.of("bad", "udp://127.0.0.1:" + taken));
    await().until(() -> bad.status().problem().contains("Address already in use"));
    bad.close();
    Random random = new Random(8);
    try (DatagramSocket socket = new DatagramSocket();
        Socket nonsense = new Socket(HERE, wav.localAddress().getPort())) {
      nonsense.getOutputStream().write("RIFFnonsense that goes on and on".getBytes("US-ASCII"));
      for (int i = 0; i < 3000; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        int port = rtp.localAddress().getPort() + random.nextInt(2);
        socket.send(new DatagramPacket(bytes, bytes.length, HERE, port));
      }
      assertThat(nonsense.getInputStream().read()).as("thrown out").isEqualTo(-1);
    }
    await().until(() -> wav.status().state() == State.WAITING);
    assertThat(wav.status().problem()).isEqualTo("RIFF, but no WAVE");
    assertThat(wav.status().refused()).containsExactly(Map.entry("not_understood", 1L));
    assertThat(rtp.status().refused()).containsKeys("not_rtp", "not_rtcp");
    send(16_000, 1, "-f s16le udp://127.0.0.1:%d?pkt_size=640".formatted(taken));
    await().until(() -> good.status().state() == State.WAITING && !frames.isEmpty());
    await().until(() -> frames.get(frames.size() - 1).end());
    assertThat(frames).allMatch(frame -> frame.stream().equals("good"));
    assertTone(1, 70);
  }
}
