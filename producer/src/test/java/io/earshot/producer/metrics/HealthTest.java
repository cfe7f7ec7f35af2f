package io.earshot.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void nothingToCheckIsFine() {
    assertThat(new Health().liveness()).isEqualTo(new Health.Report(true, "live\n"));
    assertThat(new Health().readiness()).isEqualTo(new Health.Report(true, "ready\n"));
  }

  @Test
  void whatIsWrongIsToldByItsComponent() {
    Health health =
        new Health()
            .live("inference", () -> null)
            .ready("kafka", () -> "does not\n  answer ")
            .ready("streams", () -> null);
    assertThat(health.liveness()).isEqualTo(new Health.Report(true, "live\ninference: ok\n"));
    assertThat(health.readiness())
        .isEqualTo(
            new Health.Report(
                false, "not ready\ninference: ok\nkafka: does not answer\nstreams: ok\n"));
  }

  @Test
  void whatDoesNotLiveIsNotReady() {
    Health health = new Health().live("streams", () -> "failed").ready("kafka", () -> null);
    assertThat(health.liveness().text()).isEqualTo("not live\nstreams: failed\n");
    assertThat(health.readiness().fine()).isFalse();
  }

  @Test
  void aComponentThatIsCheckedTwiceHasOneLine() {
    Health health =
        new Health()
            .live("scores", () -> null)
            .ready("scores", () -> "are late")
            .live("events", () -> "failed")
            .ready("events", () -> null);
    assertThat(health.liveness().text()).isEqualTo("not live\nscores: ok\nevents: failed\n");
    assertThat(health.readiness().text())
        .isEqualTo("not ready\nscores: are late\nevents: failed\n");
  }

  @Test
  void aCheckThatThrowsIsAProblemOfItsComponent() {
    Health health =
        new Health()
            .ready(
                "kafka",
                () -> {
                  throw new IllegalStateException("secret");
                });
    assertThat(health.readiness())
        .isEqualTo(
            new Health.Report(false, "not ready\nkafka: cannot be told: IllegalStateException\n"));
  }
}
