package io.earshot.detector.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.UUID;

/** Events and candidates that no detector has heard, as their topics have them. */
final class ToldFindings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ToldFindings() {}

  /** An event of a second that is over. */
  static String closed(String stream, String label, Instant onset) {
    return event("closed", stream, label, onset, quoted(onset.plusMillis(960)), "\"offset\"");
  }

  /** An event that goes on. */
  static String open(String stream, String label, Instant onset) {
    return event("open", stream, label, onset, "null", "null");
  }

  private static String event(
      String state, String stream, String label, Instant onset, String offset, String endedBy) {
    return """
        {"id": "%s", "state": "%s", "stream": "%s", "label": %s,
         "onset": "%s", "offset": %s, "onset_uncertainty_ms": 40, "offset_uncertainty_ms": 40,
         "duration_ms": 960, "ended_by": %s, "previous": null,
         "confidence": 0.9, "mean_confidence": 0.8, "coverage": 1.0, "level_dbfs": -20.5,
         "model": {"name": "base", "version": "1"}, "threshold": 0.5,
         "top": [{"label": "dog_bark", "score": 0.9}],
         "why": {"onset": 0.5, "offset": 0.5, "smoothing": "none", "n_of_m": "1 of 1",
                 "min_duration_ms": 0, "merge_gap_ms": 0, "max_duration_ms": null,
                 "cooldown_ms": 0, "floor_dbfs": null, "peak_dbfs": null,
                 "scores": [{"segment": 1, "score": 0.9}]}}
        """
        .formatted(UUID.randomUUID(), state, stream, quoted(label), onset, offset, endedBy);
  }

  /** A candidate that was too faint. */
  static String candidate(String stream, String label, Instant onset) {
    return """
        {"id": "%s", "reason": "below_onset", "stream": "%s", "label": %s,
         "onset": "%s", "offset": "%s", "duration_ms": 960, "confidence": 0.4, "threshold": 0.5,
         "scores": [{"segment": 1, "score": 0.4}], "model": {"name": "base", "version": "1"}}
        """
        .formatted(UUID.randomUUID(), stream, quoted(label), onset, onset.plusMillis(960));
  }

  private static String quoted(Object text) {
    try {
      return JSON.writeValueAsString(text.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
