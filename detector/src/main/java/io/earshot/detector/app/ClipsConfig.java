package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.clip.ClipSettings;
import java.time.Duration;

/** {@code clips} in the configuration. */
@JsonNaming(SnakeCaseStrategy.class)
record ClipsConfig(Duration preRoll, Duration postRoll, Duration maxDuration) {
  ClipsConfig {
    Check.between("pre_roll", preRoll, "0ms", "1m");
    Check.between("post_roll", postRoll, "0ms", "1m");
    Check.between("max_duration", maxDuration, "1s", "30m");
    Check.that("max_duration", maxDuration.compareTo(preRoll) > 0, "longer than pre_roll");
  }

  ClipSettings settings() {
    return new ClipSettings(preRoll, postRoll, maxDuration);
  }
}
