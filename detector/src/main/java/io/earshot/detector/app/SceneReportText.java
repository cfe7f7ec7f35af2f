package io.earshot.detector.app;

import io.earshot.models.evaluate.sed.Metrics;
import io.earshot.models.evaluate.soundscape.StreamMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A report on scenes for people. */
final class SceneReportText {
  private SceneReportText() {}

  static List<String> of(SceneReport report) {
    Map<String, Metrics> kinds = new LinkedHashMap<>();
    for (double collar : SceneReport.COLLARS) {
      kinds.put("event " + TextTable.plain(collar), report.onsetAndOffset(collar));
      kinds.put("onset " + TextTable.plain(collar), report.onsetOnly(collar));
    }
    kinds.put("segment " + TextTable.plain(SceneReport.SEGMENT), report.segments());
    return Stream.of(
            heading(report),
            MetricsTable.overall(kinds),
            List.of(""),
            MetricsTable.classWise(kinds),
            List.of(""),
            bySnr(report.stream()),
            List.of(""),
            alerts(report.stream()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> heading(SceneReport report) {
    SceneReport.Setup setup = report.setup();
    return List.of(
        "model      %s %s".formatted(report.model().name(), report.model().version()),
        "scenes     %d of %s s (%s h), background %s, seed %d"
            .formatted(
                setup.scenes(),
                TextTable.plain(setup.settings().seconds()),
                TextTable.text(setup.hours()),
                setup.background(),
                setup.settings().seed()),
        "labels     the %d of the data; of other labels %d events were heard, which are not judged"
            .formatted(report.labels().size(), report.uncounted()),
        "event N    is right if its onset is within N s, its offset within N s or %s of the length"
            .formatted(TextTable.plain(SceneReport.OFFSET_SHARE)),
        "onset N    likewise, the onset alone",
        "segment N  is right or wrong by itself; each is N s long",
        "");
  }

  private static List<String> bySnr(StreamMetrics stream) {
    TextTable table = new TextTable("SNR", "EVENTS", "FOUND", "SHARE");
    stream
        .bySnr()
        .forEach(
            (snr, found) ->
                table.row(
                    TextTable.plain(snr) + " dB", found.events(), found.found(), found.share()));
    StreamMetrics.Found all = stream.found();
    return table.row("all", all.events(), all.found(), all.share()).lines();
  }

  private static List<String> alerts(StreamMetrics stream) {
    StreamMetrics.Found found = stream.found();
    return List.of(
        "found         %d of %d events, %d missed: an event of the same label overlaps them"
            .formatted(found.found(), found.events(), found.events() - found.found()),
        String.format(
            Locale.ROOT,
            "delay         median %s s, 95 %% within %s s: from the true onset to the end of the",
            TextTable.text(stream.delay(0.5)),
            TextTable.text(stream.delay(0.95))),
        "              segment that opened the event, in the stream's time; computing comes on top",
        String.format(
            Locale.ROOT,
            "false alarms  %d, %.1f an hour: they overlap no true event of their label",
            stream.falseAlarms(),
            stream.falseAlarmsPerHour()));
  }
}
