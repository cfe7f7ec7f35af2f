package io.earshot.producer.net;

import java.time.Duration;

/**
 * What a server bears of those who have shown no token yet.
 *
 * @param head time for a connection's TLS handshake and its request's headers together
 * @param strangers connections at once; when more come, the oldest of the largest crowd goes
 */
record IngestLimits(Duration head, int strangers) {
  static final IngestLimits DEFAULT = new IngestLimits(Duration.ofSeconds(10), 64);

  /** Of a request's first line. */
  static final int LINE_BYTES = 4_096;

  /** Of a request's headers together. */
  static final int HEADER_BYTES = 8_192;

  /** Of one message of a WebSocket: more than a second of 48 kHz stereo in f32le. */
  static final int MESSAGE_BYTES = 512 * 1024;
}
