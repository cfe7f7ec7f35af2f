package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The benchmark as a user runs it, as short as it may be; its timings are not looked at. */
class BenchIT {
  private static final int STREAMS = 3;

  @Test
  void everyStageIsMeasuredAndEverySegmentMakesAnEvent() throws Exception {
    try (EarshotProcess bench =
        EarshotProcess.start("bench", "--streams", "" + STREAMS, "--seconds", "3", "--json")) {
      assertThat(bench.waitFor(180)).as("%s", bench).isZero();
      JsonNode result = new ObjectMapper().readTree(String.join("\n", bench.out()));
      assertThat(result.get("pipeline_to_bare_ratio").asDouble()).isPositive();
      assertThat(result.at("/setup/model").asText()).isEqualTo("yamnet 1");
      assertThat(result.at("/setup/delivery").asText()).isEqualTo("exactly_once");
      // In 3 s, two segments of each stream are complete; each begins or ends one event.
      assertThat(result.at("/latency/events").asInt()).isBetween(1, 2 * STREAMS);
      assertThat(result.at("/latency/p50_ms").asDouble()).isPositive();
      JsonNode cpu = result.get("cpu_ms_per_patch");
      for (String stage : new String[] {"broker", "streams", "clients", "network"}) {
        assertThat(cpu.get(stage).asDouble()).as(stage).isPositive();
      }
      // The sound of a segment, and with the headers of its frames not a tenth more.
      assertThat(result.at("/bytes_per_patch/earshot.frames").asInt()).isBetween(25_000, 40_000);
      assertThat(result.at("/memory/peak_bytes").asLong()).isGreaterThan(50_000_000);
    }
  }

  @Test
  void itsFlagsAreChecked() throws Exception {
    CommandRun run = CommandRun.of("bench", "--seconds", "1");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).containsExactly("earshot: --seconds must be from 2 to 3600, not 1");
  }
}
