package io.earshot.producer.stream;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.StreamId;
import java.time.Duration;

/**
 * One of the streams that a producer runs.
 *
 * <pre>
 * StreamSettings.of("yard", "rtp://:5004")
 * StreamSettings.of("hall", "mic:USB").with(new Conditioning(0, 6, 80))
 * </pre>
 *
 * @param name the stream's id
 * @param source where its sound comes from, as the user wrote it; {@link
 *     io.earshot.producer.app.Streams} reads it; paths of {@code file:} and {@code ffmpeg:} are
 *     relative to the working directory, as a shell's are
 * @param raw what sound is that does not say it itself
 * @param idle after so long without sound from the network a session ends
 * @param playback of files
 * @param token what who sends by HTTP or WebSocket must show; empty where nobody may
 */
public record StreamSettings(
    String name,
    String source,
    RawPcm raw,
    Conditioning conditioning,
    RtpOptions rtp,
    Duration idle,
    Playback playback,
    String token) {
  private static final Duration MIN_IDLE = Duration.ofMillis(100);

  /**
   * Checks the name and the duration.
   *
   * @throws IllegalArgumentException if one is not allowed
   */
  public StreamSettings {
    StreamId.check(name);
    if (idle.compareTo(MIN_IDLE) < 0) {
      throw new IllegalArgumentException(
          "idle is %d ms, allowed: 100 ms and above".formatted(idle.toMillis()));
    }
  }

  /** With defaults: 10 s of silence from the network, files once in real time, no token. */
  public static StreamSettings of(String name, String source) {
    return new StreamSettings(
        name,
        source,
        RawPcm.DEFAULT,
        Conditioning.NONE,
        RtpOptions.DEFAULT,
        Duration.ofSeconds(10),
        Playback.DEFAULT,
        "");
  }

  public StreamSettings with(RawPcm other) {
    return new StreamSettings(name, source, other, conditioning, rtp, idle, playback, token);
  }

  public StreamSettings with(Conditioning other) {
    return new StreamSettings(name, source, raw, other, rtp, idle, playback, token);
  }

  public StreamSettings with(RtpOptions other) {
    return new StreamSettings(name, source, raw, conditioning, other, idle, playback, token);
  }

  public StreamSettings with(Playback other) {
    return new StreamSettings(name, source, raw, conditioning, rtp, idle, other, token);
  }

  public StreamSettings withIdle(Duration other) {
    return new StreamSettings(name, source, raw, conditioning, rtp, other, playback, token);
  }

  public StreamSettings withToken(String other) {
    return new StreamSettings(name, source, raw, conditioning, rtp, idle, playback, other);
  }

  /** No secrets. */
  @Override
  public String toString() {
    return name + " (" + Secrets.hide(source) + ")";
  }
}
