package io.earshot.detector.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.earshot.detector.bench.BenchResult;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A benchmark's result for people, and as JSON. */
final class BenchText {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private BenchText() {}

  static String json(BenchResult result) {
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers cannot fail to be JSON", e);
    }
  }

  static String of(BenchResult result) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    BenchResult.Setup setup = result.setup();
    lines.add(
        text(
            "%-13s %s on the %s, hop %d ms, batches of up to %d, %s",
            "model",
            setup.model(),
            setup.provider(),
            setup.hopMs(),
            setup.maxBatch(),
            setup.delivery()));
    lines.add(
        text("%-13s %s, %d cores, Java %s", "machine", setup.cpu(), setup.cores(), setup.java()));
    lines.add(
        text(
            "%-13s pipeline %.0f patches/s, the network alone %.0f: ratio %.3f; batches of %.1f;"
                + " others took %.2f cores",
            "throughput",
            result.throughput().pipelinePatchesPerSecond(),
            result.throughput().barePatchesPerSecond(),
            result.pipelineToBareRatio(),
            result.throughput().meanBatch(),
            result.throughput().coresElsewhere()));
    lines.add(
        text(
            "%-13s %d streams sustained, %.0f a core; %.1f s of sound on its way",
            "real time",
            result.sustained().streams(),
            result.sustained().perCore(),
            result.sustained().lagSeconds()));
    BenchResult.Latency latency = result.latency();
    lines.add(
        text(
            "%-13s p50 %.0f ms, p95 %.0f, p99 %.0f, greatest %.0f; %d streams in step, %d events",
            "latency",
            latency.p50Ms(),
            latency.p95Ms(),
            latency.p99Ms(),
            latency.maxMs(),
            latency.streams(),
            latency.events()));
    lines.add(
        text("%-13s %s", "CPU, ms/patch", list(result.cpuMsPerPatch(), "%s %.2f"))
            + text("; beside inference %.2f", result.cpuBesideInferenceMs()));
    lines.add(text("%-13s %s", "bytes/patch", list(result.bytesPerPatch(), "%s %,d")));
    lines.add(
        text(
            "%-13s %.0f MB resident at most, %.0f of it the network's file",
            "memory", result.memory().peakBytes() / 1e6, result.memory().modelBytes() / 1e6));
    return lines.toString();
  }

  private static String list(Map<String, ?> values, String form) {
    StringJoiner list = new StringJoiner(", ");
    values.forEach((name, value) -> list.add(text(form, name.replace("earshot.", ""), value)));
    return list.toString();
  }

  private static String text(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
