package io.earshot.producer.stream;

import io.earshot.producer.rtp.RtpFormat;
import java.time.Duration;
import java.util.Map;

/**
 * How RTP is read.
 *
 * @param payloads formats by payload type
 * @param jitter how long packets may wait for one that is missing, at most 2 s
 */
public record RtpOptions(Map<Integer, RtpFormat> payloads, Duration jitter) {
  private static final Duration MAX_JITTER = Duration.ofSeconds(2);

  /** RFC 3551's payload types; 60 ms. */
  public static final RtpOptions DEFAULT = new RtpOptions(RtpFormat.STATIC, Duration.ofMillis(60));

  /**
   * Checks the jitter.
   *
   * @throws IllegalArgumentException if it is not allowed
   */
  public RtpOptions {
    if (jitter.isNegative() || jitter.compareTo(MAX_JITTER) > 0) {
      throw new IllegalArgumentException(
          "jitter is %d ms, allowed: 0 to 2000 ms".formatted(jitter.toMillis()));
    }
    payloads = Map.copyOf(payloads);
  }
}
