package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorMetricsTest {
  /** Roles are not asked for: a stage that nobody runs must be seen by whoever runs another. */
  @Test
  void everyStageIsWatched() {
    assertThat(DetectorMetrics.groups(List.of("door", "phone"), true))
        .extracting(group -> group.stage() + " " + group.name() + " " + group.topic())
        .containsExactly(
            "segment earshot-detector earshot.frames",
            "inference earshot-inference earshot.patches",
            "event earshot-detector earshot.scores",
            "alert earshot-alerts-door earshot.events",
            "alert earshot-alerts-phone earshot.events");
  }
}
