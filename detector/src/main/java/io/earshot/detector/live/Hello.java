package io.earshot.detector.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.event.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a viewer is told first. */
@JsonNaming(SnakeCaseStrategy.class)
record Hello(String version, Event.Model model, int hopMs, String time) {
  static Hello of(LiveSettings settings) {
    return new Hello(
        settings.version(), settings.rules().model(), settings.rules().hopMillis(), now());
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
