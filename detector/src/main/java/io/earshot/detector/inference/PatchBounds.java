package io.earshot.detector.inference;

import io.earshot.detector.segment.SegmentHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What goes on with a patch's scores, its key and headers, is bounded: a stranger's record may have
 * megabytes of them, which compressed pass every broker, and their copy would pass none.
 */
final class PatchBounds {
  /** A stream's id. */
  private static final int KEY_BYTES = 128;

  /** Ours are 200 bytes; tracing adds some hundred. */
  static final int BYTES = 4_096;

  /** What the mark of an unscored one adds. */
  private static final int MARK_BYTES = 64;

  private PatchBounds() {}

  /** What is too large, or null. */
  static String fault(ConsumerRecord<byte[], ?> patch) {
    int key = patch.key() == null ? 0 : patch.key().length;
    if (key > KEY_BYTES) {
      return "a key of %d bytes, allowed: %d at most".formatted(key, KEY_BYTES);
    }
    long headers = headerBytes(patch);
    int most = SegmentHeaders.isUnscored(patch.headers()) ? BYTES + MARK_BYTES : BYTES;
    return headers > most
        ? "headers of %d bytes, allowed: %d at most".formatted(headers, BYTES)
        : null;
  }

  /** Key and headers, in memory. */
  static long bytes(ConsumerRecord<byte[], ?> patch) {
    return headerBytes(patch) + (patch.key() == null ? 0 : patch.key().length);
  }

  private static long headerBytes(ConsumerRecord<byte[], ?> patch) {
    long bytes = 0;
    for (Header header : patch.headers()) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }
}
