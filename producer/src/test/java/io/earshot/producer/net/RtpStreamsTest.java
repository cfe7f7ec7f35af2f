package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RTP, with ffmpeg on the other side and a network that loses, doubles and reorders. */
class RtpStreamsTest extends NetFixture {
  @ParameterizedTest
  @CsvSource({
    "48000, 2, pcm_s16be, 'RTP L16, 48000 Hz, 2 channels', 70",
    "44100, 1, pcm_s16be, 'RTP L16, 44100 Hz, 1 channel', 70",
    "8000, 1, pcm_mulaw, 'RTP PCMU, 8000 Hz, 1 channel', 33",
    "8000, 1, pcm_alaw, 'RTP PCMA, 8000 Hz, 1 channel', 33"
  })
  void rtpHasTheTimesOfItsSenderReports(
      int rate, int channels, String codec, String format, double snr) throws Exception {
    NetStream stream = openRtp("97=L16/48000/2"); // the type that ffmpeg takes
    long before = System.currentTimeMillis();
    int port = stream.localAddress().getPort();
    send(rate, channels, "-c:a %s -f rtp rtp://127.0.0.1:%d".formatted(codec, port));
    await().untilAsserted(() -> assertThat(stream.status().state()).isEqualTo(State.WAITING));
    assertTone(channels, snr);
    assertThat(stream.status().format()).isEqualTo(format);
    assertThat(stream.status().counts().sendersClock()).isTrue();
    assertThat(stream.status().counts().gaps()).isZero();
    assertThat(stream.status().refused()).isEmpty();
    assertThat(frames.get(frames.size() - 1).end()).as("ended by silence").isTrue();
    assertThat(frames.get(0).captureMillis()).isBetween(before, System.currentTimeMillis() - 1500);
    Frame last = frames.get(frames.size() - 1);
    assertThat(last.captureMillis() - frames.get(0).captureMillis()).isBetween(1400L, 1520L);
  }

  @Test
  void lossReorderingAndDuplicationLeaveAllElseAtItsPlace() throws Exception {
    NetStream stream = openRtp("97=L16/48000");
    try (FaultyRelay relay = new FaultyRelay(stream.localAddress().getPort())) {
      send(48_000, 1, "-c:a pcm_s16be -f rtp rtp://127.0.0.1:" + relay.port());
      await().untilAsserted(() -> assertThat(frames).anyMatch(f -> f.captureMillis() > 0));
      await()
          .during(Duration.ofMillis(300))
          .until(() -> stream.status().counts().frames() == frames.size());
      stream.close();
      await().untilAsserted(() -> assertThat(stream.status().state()).isEqualTo(State.CLOSED));
      await().until(() -> frames.size() > 1 && frames.get(frames.size() - 1).end());
      assertThat(relay.dropped).isPositive();
      assertThat(stream.status().counts().gaps()).isBetween(1L, (long) relay.dropped);
      assertThat((double) stream.status().counts().missingMillis())
          .isCloseTo(relay.droppedFrames / 48.0, within(3.0));
      assertThat(stream.status().refused()).containsEntry("duplicate", (long) relay.doubled);
    }
    assertPhaseByNumbers();
  }

  /** Where the numbers place each frame, the tone has its phase there, to half a sample (0.2). */
  private void assertPhaseByNumbers() {
    long position = 0;
    double first = Double.NaN;
    List<Double> off = new ArrayList<>();
    Frame last = null;
    for (Frame frame : frames) {
      if (last != null) {
        position += (frame.seq() - last.seq()) * last.samples();
      }
      last = frame;
      if (frame.samples() >= 320) {
        float[] samples = new float[frame.samples()];
        frame.decode(samples, 0);
        double phase = phase(samples, position);
        first = Double.isNaN(first) ? phase : first;
        off.add(Math.abs(Math.IEEEremainder(phase - first, 2 * Math.PI)));
      }
    }
    assertThat(off).hasSizeGreaterThan(10).allSatisfy(error -> assertThat(error).isLessThan(0.25));
  }

  private static double phase(float[] samples, long position) {
    double sine = 0;
    double cosine = 0;
    for (int i = 0; i < samples.length; i++) {
      double angle = 2 * Math.PI * HERTZ * (position + i) / 16_000;
      sine += samples[i] * Math.sin(angle);
      cosine += samples[i] * Math.cos(angle);
    }
    return Math.atan2(cosine, sine);
  }
}
