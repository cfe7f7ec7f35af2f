package io.earshot.detector.segment;

import io.earshot.models.feature.LogMel;
import java.time.Duration;

/**
 * How streams are cut and heard.
 *
 * @param hopSamples from one segment's start to the next
 * @param logOffset of the model's front end
 */
public record SegmentSettings(int hopSamples, double logOffset) {
  public static SegmentSettings of(Duration hop, double logOffset) {
    return new SegmentSettings(
        Math.toIntExact(hop.toMillis() * LogMel.SAMPLE_RATE / 1000), logOffset);
  }
}
