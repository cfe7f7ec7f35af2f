package io.earshot.detector.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.clip.Clip;
import io.earshot.detector.clip.Gap;
import java.time.Instant;
import java.util.List;

/**
 * A clip without its sound.
 *
 * @param start when its first sample was captured, RFC 3339
 * @param end likewise, when its last one was over
 * @param rate samples a second
 * @param gaps what was not heard
 */
record ClipJson(String start, String end, int rate, List<Missing> gaps) {
  /** A gap; it begins so long after the clip. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Missing(double startSeconds, double seconds) {
    static Missing of(Gap gap) {
      return new Missing(gap.startSeconds(), gap.seconds());
    }
  }

  static ClipJson of(Clip clip) {
    return new ClipJson(
        Instant.ofEpochMilli(clip.startMillis()).toString(),
        Instant.ofEpochMilli(clip.endMillis()).toString(),
        Clip.RATE,
        clip.gaps().stream().map(Missing::of).toList());
  }
}
