package io.earshot.detector.live;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * A patch as viewers are told it: small enough to send each.
 *
 * @param start capture time of its first sample, RFC 3339
 * @param bands 96 rows of 64 bands each, a byte a band, in base 64
 * @param low the log-mel value of byte 0
 * @param high of byte 255
 */
record Patch(
    String stream,
    String start,
    long index,
    String session,
    double coverage,
    String bands,
    double low,
    double high) {
  private static final int VALUES = LogMel.ROWS * LogMel.BANDS;

  /** Of silence, where models add 0.001 before they take the logarithm. */
  private static final double LOW = -7;

  /** Of a sine at full scale: half of a Hann window's 400 samples, halved again, is 100. */
  private static final double HIGH = 5;

  /**
   * @param value as {@code earshot.patches} has it
   * @throws IllegalArgumentException if that is no patch
   */
  static Patch of(String stream, Segment segment, byte[] value) {
    if (value == null || value.length != VALUES * Float.BYTES) {
      throw new IllegalArgumentException("a patch of another size");
    }
    FloatBuffer patch = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    byte[] bands = new byte[VALUES];
    for (int i = 0; i < VALUES; i++) {
      // Not a number becomes 0.
      double share = (patch.get(i) - LOW) / (HIGH - LOW);
      bands[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
    }
    return new Patch(
        stream,
        start(segment),
        segment.index(),
        segment.session(),
        segment.coverage(),
        Base64.getEncoder().encodeToString(bands),
        LOW,
        HIGH);
  }

  static String start(Segment segment) {
    return Instant.EPOCH.plus(segment.startMicros(), ChronoUnit.MICROS).toString();
  }
}
