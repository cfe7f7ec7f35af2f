package io.earshot.producer.net;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.StreamId;
import io.earshot.producer.rtp.RtpFormat;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;
import java.time.Duration;
import java.util.Map;

/**
 * One stream from the network.
 *
 * @param name the stream's id
 * @param url as the user wrote it
 * @param shape of raw PCM
 * @param encoding of raw PCM
 * @param payloads of RTP, by payload type
 * @param jitter how long RTP packets may wait for one that is missing, at most 2 s
 * @param idle after so long without sound the session ends, and a TCP connection is closed
 */
public record NetSettings(
    String name,
    String url,
    AudioShape shape,
    RawEncoding encoding,
    Conditioning conditioning,
    Map<Integer, RtpFormat> payloads,
    Duration jitter,
    Duration idle) {
  private static final Duration MAX_JITTER = Duration.ofSeconds(2);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not allowed; the message names it
   */
  public NetSettings {
    StreamId.check(name);
    boolean raw = NetUrl.parse(url).kind() == NetUrl.Kind.UDP;
    if (raw && conditioning.channel() >= shape.channels()) {
      throw new IllegalArgumentException(
          "channel %d of %d, allowed: 0 to %d"
              .formatted(conditioning.channel(), shape.channels(), shape.channels() - 1));
    }
    if (jitter.isNegative() || jitter.compareTo(MAX_JITTER) > 0) {
      throw new IllegalArgumentException(
          "jitter is %d ms, allowed: 0 to 2000 ms".formatted(jitter.toMillis()));
    }
    if (idle.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException(
          "idle is %d ms, allowed: 100 ms and above".formatted(idle.toMillis()));
    }
    payloads = Map.copyOf(payloads);
  }

  /** Raw PCM s16le, 16 kHz, one channel; 60 ms of jitter; 10 s of silence. */
  public static NetSettings of(String name, String url) {
    return new NetSettings(
        name,
        url,
        new AudioShape(16_000, 1),
        RawEncoding.S16LE,
        Conditioning.NONE,
        RtpFormat.STATIC,
        Duration.ofMillis(60),
        Duration.ofSeconds(10));
  }

  NetUrl address() {
    return NetUrl.parse(url);
  }
}
