package io.earshot.detector.segment;

import io.earshot.models.feature.LogMel;
import java.time.Duration;

/**
 * How streams are cut and heard.
 *
 * @param hopSamples from one segment's start to the next
 * @param logOffset of the model's front end
 * @param streamTimeout how long a stream may be silent until it counts as ended
 */
public record SegmentSettings(int hopSamples, double logOffset, Duration streamTimeout) {
  public static SegmentSettings of(Duration hop, double logOffset, Duration streamTimeout) {
    return new SegmentSettings(
        Math.toIntExact(hop.toMillis() * LogMel.SAMPLE_RATE / 1000), logOffset, streamTimeout);
  }

  int hopMillis() {
    return hopSamples * 1000 / LogMel.SAMPLE_RATE;
  }
}
