package io.earshot.producer.app;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.StreamId;
import io.earshot.producer.net.NetSettings;
import io.earshot.producer.rtp.RtpFormat;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;
import java.time.Duration;
import java.util.Map;

/**
 * One of the streams that a producer runs.
 *
 * <pre>
 * StreamSettings.of("yard", "rtp://:5004")
 * StreamSettings.of("hall", "mic:USB").with(new Conditioning(0, 6, 80))
 * </pre>
 *
 * @param name the stream's id
 * @param source {@code mic:[DEVICE]}, {@code file:PATH}, {@code -}, or what {@link
 *     io.earshot.producer.net.NetUrl} reads
 * @param shape of raw PCM
 * @param encoding of raw PCM
 * @param payloads of RTP, by payload type
 * @param jitter how long RTP packets may wait for one that is missing
 * @param idle after so long without sound from the network a session ends
 * @param pace of files
 */
public record StreamSettings(
    String name,
    String source,
    AudioShape shape,
    RawEncoding encoding,
    Conditioning conditioning,
    Map<Integer, RtpFormat> payloads,
    Duration jitter,
    Duration idle,
    Pace pace) {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is no stream id
   */
  public StreamSettings {
    StreamId.check(name);
    payloads = Map.copyOf(payloads);
  }

  /** Raw PCM s16le, 16 kHz, one channel; 60 ms of jitter; 10 s of silence; files in real time. */
  public static StreamSettings of(String name, String source) {
    return new StreamSettings(
        name,
        source,
        new AudioShape(16_000, 1),
        RawEncoding.S16LE,
        Conditioning.NONE,
        RtpFormat.STATIC,
        Duration.ofMillis(60),
        Duration.ofSeconds(10),
        Pace.REALTIME);
  }

  public StreamSettings with(Conditioning other) {
    return new StreamSettings(name, source, shape, encoding, other, payloads, jitter, idle, pace);
  }

  public StreamSettings with(Pace other) {
    return new StreamSettings(
        name, source, shape, encoding, conditioning, payloads, jitter, idle, other);
  }

  NetSettings network() {
    return new NetSettings(name, source, shape, encoding, conditioning, payloads, jitter, idle);
  }
}
