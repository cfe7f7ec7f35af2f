package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShedReportTest {
  private static final long SECOND = 1_000_000_000;
  private final ShedReport report = new ShedReport();

  @Test
  void eachStreamIsNamedOnceAnOverload() {
    assertThat(report.shed("door", 0)).contains("stream door are shed");
    assertThat(report.shed("door", SECOND)).isNull();
    assertThat(report.shed("yard", SECOND)).contains("stream yard are shed");
  }

  @Test
  void anOverloadIsOverWhenNothingWasShedForTenSeconds() {
    assertThat(report.over(0)).isNull();
    report.shed("door", 0);
    report.shed("yard", SECOND);
    report.shed("yard", 2 * SECOND);
    assertThat(report.over(12 * SECOND - 1)).isNull();
    assertThat(report.over(12 * SECOND)).contains("patches shed: 3", "streams: 2");
    assertThat(report.over(13 * SECOND)).isNull();
    assertThat(report.shed("door", 14 * SECOND)).as("the next overload").contains("door");
  }

  @Test
  void ofManyStreamsTenAreNamed() {
    for (int i = 1; i <= 9; i++) {
      assertThat(report.shed("s" + i, 0)).endsWith("the oldest first");
    }
    assertThat(report.shed("s10", 0)).contains("stream s10").endsWith("are not named");
    assertThat(report.shed("s11", 0)).isNull();
  }
}
