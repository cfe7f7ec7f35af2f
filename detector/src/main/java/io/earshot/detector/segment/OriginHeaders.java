package io.earshot.detector.segment;

import org.apache.kafka.common.header.Headers;

/**
 * The headers that say how a segment was cut and its patch computed, so that stages in other
 * processes, whose configuration may be another, notice it.
 *
 * <table>
 * <caption>ASCII; a record without one is of an older detector, or a stranger's, and passes</caption>
 * <tr><td>{@code hop_ms}</td><td>from a segment's start to that of the next</td></tr>
 * <tr><td>{@code log_offset}</td><td>of the front end</td></tr>
 * </table>
 */
public final class OriginHeaders {
  private static final String HOP = "hop_ms";
  private static final String LOG_OFFSET = "log_offset";

  private OriginHeaders() {}

  static void add(Headers headers, SegmentSettings settings) {
    headers
        .add(HOP, SegmentHeaders.ascii(Integer.toString(settings.hopMillis())))
        .add(LOG_OFFSET, SegmentHeaders.ascii(Double.toString(settings.logOffset())));
  }

  /**
   * Checks that a segment was cut by the hop that is counted with.
   *
   * @throws IllegalArgumentException if it was cut by another
   */
  public static void checkHop(Headers headers, int hopMillis) {
    if (headers.lastHeader(HOP) == null) {
      return;
    }
    long hop = SegmentHeaders.wholeNumber(headers, HOP, 1, Integer.MAX_VALUE);
    if (hop != hopMillis) {
      throw new IllegalArgumentException(
          "segments of a hop of %d ms, but this detector runs with %d ms"
              .formatted(hop, hopMillis));
    }
  }

  /**
   * Checks that a patch comes from the front end that the network has learnt with.
   *
   * @throws IllegalArgumentException if it comes from another
   */
  public static void checkFrontEnd(Headers headers, double logOffset) {
    if (headers.lastHeader(LOG_OFFSET) == null) {
      return;
    }
    double offset = SegmentHeaders.number(headers, LOG_OFFSET, 0, 1);
    if (offset != logOffset) {
      throw new IllegalArgumentException(
          "a patch of log offset %s, but this detector's model has %s"
              .formatted(offset, logOffset));
    }
  }
}
