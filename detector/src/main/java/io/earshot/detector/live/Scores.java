package io.earshot.detector.live;

import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.TopScores;
import io.earshot.detector.segment.SegmentHeaders;
import io.earshot.models.feature.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/**
 * A segment's best labels, as viewers are told them.
 *
 * @param start capture time of its first sample, RFC 3339
 */
record Scores(String stream, String start, long index, List<Event.Score> top) {
  /**
   * @param value as {@code earshot.scores} has it
   * @throws IllegalArgumentException if it is none, or of another model than the rules'
   */
  static Scores of(
      EventRules rules, String stream, Segment segment, Headers headers, byte[] value) {
    float[] scores = new float[rules.rules().size()];
    String model = SegmentHeaders.text(headers, SegmentHeaders.MODEL);
    if (!model.equals(rules.model().header())
        || value == null
        || value.length != scores.length * Float.BYTES) {
      throw new IllegalArgumentException("scores of another model");
    }
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(scores);
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new IllegalArgumentException("scores hold " + score);
      }
    }
    return new Scores(
        stream, Patch.start(segment), segment.index(), new TopScores(rules, scores).get());
  }
}
