package io.earshot.detector.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.models.evaluate.soundscape.StreamMetrics;

/** A report on scenes as a JSON object. */
final class SceneReportJson {
  private SceneReportJson() {}

  static String of(SceneReport report) {
    ObjectNode json = MetricsJson.object();
    json.putObject("model")
        .put("name", report.model().name())
        .put("version", report.model().version());
    scenes(json.putObject("scenes"), report.setup());
    report.labels().forEach(json.putArray("labels")::add);
    json.putObject("events")
        .put("reference", report.truth().size())
        .put("estimated", report.heard().size() - report.uncounted())
        .put("of_other_labels", report.uncounted());
    json.put("offset_percentage_of_length", SceneReport.OFFSET_SHARE);
    ArrayNode collars = json.putArray("event_based");
    for (double collar : SceneReport.COLLARS) {
      ObjectNode node = collars.addObject().put("collar_seconds", collar);
      node.set("event_onset_offset", MetricsJson.of(report.onsetAndOffset(collar)));
      node.set("event_onset_only", MetricsJson.of(report.onsetOnly(collar)));
    }
    json.put("segment_seconds", SceneReport.SEGMENT);
    json.set("segment", MetricsJson.of(report.segments()));
    stream(json, report.stream());
    return MetricsJson.text(json);
  }

  private static void scenes(ObjectNode json, SceneReport.Setup setup) {
    json.put("count", setup.scenes());
    json.put("seconds", setup.settings().seconds());
    json.put("hours", setup.hours());
    json.put("background", setup.background());
    setup.settings().snrs().forEach(json.putArray("snr_db")::add);
    json.put("seed", setup.settings().seed());
  }

  private static void stream(ObjectNode json, StreamMetrics stream) {
    ObjectNode alarms = json.putObject("false_alarms").put("count", stream.falseAlarms());
    MetricsJson.put(alarms, "per_hour", stream.falseAlarmsPerHour());
    ObjectNode delay = json.putObject("delay");
    MetricsJson.put(delay, "median_seconds", stream.delay(0.5));
    MetricsJson.put(delay, "p95_seconds", stream.delay(0.95));
    found(json.putObject("found"), stream.found());
    ArrayNode bySnr = json.putArray("by_snr");
    stream.bySnr().forEach((snr, found) -> found(bySnr.addObject().put("snr_db", snr), found));
  }

  private static void found(ObjectNode json, StreamMetrics.Found found) {
    json.put("events", found.events());
    json.put("found", found.found());
    json.put("missed", found.events() - found.found());
    MetricsJson.put(json, "share", found.share());
  }
}
