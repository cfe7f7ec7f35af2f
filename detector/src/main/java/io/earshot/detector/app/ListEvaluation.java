package io.earshot.detector.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.models.evaluate.sed.EventBasedMetrics;
import io.earshot.models.evaluate.sed.EventListException;
import io.earshot.models.evaluate.sed.EventListPair;
import io.earshot.models.evaluate.sed.Metrics;
import io.earshot.models.evaluate.sed.SegmentBasedMetrics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code earshot evaluate --reference REF --estimated EST}: two lists of events. */
final class ListEvaluation {
  @Option(
      names = "--reference",
      paramLabel = "REF",
      description = "The truth: a list of events as sed_eval reads them.")
  private Path reference;

  @Option(
      names = "--estimated",
      paramLabel = "EST",
      description = "What was heard: such a list, too, such as detect --format tsv prints.")
  private Path estimated;

  @Option(
      names = "--collar",
      paramLabel = "SECONDS",
      description = "How far an onset or offset may be off; 0.2 by default.")
  private Double collar;

  @Option(
      names = "--offset-tolerance",
      paramLabel = "SHARE",
      description =
          "How far an offset may be off instead, as a share of the event's length; 0.5 by default.")
  private Double offsetTolerance;

  @Option(
      names = "--segment",
      paramLabel = "SECONDS",
      description = "How long segments are; 1 by default.")
  private Double segment;

  /**
   * The report.
   *
   * @throws UserException an option is missing or out of range, or a list cannot be read
   */
  List<String> report(ReportFormat format) throws UserException {
    setDefaults();
    check();
    EventListPair pair;
    try {
      pair = EventListPair.read(reference, estimated);
    } catch (EventListException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
    Metrics both = EventBasedMetrics.onsetAndOffset(collar, offsetTolerance).measure(pair);
    Metrics onsets = EventBasedMetrics.onsetOnly(collar).measure(pair);
    Metrics segments = new SegmentBasedMetrics(segment).measure(pair);
    return format == ReportFormat.JSON
        ? List.of(MetricsJson.text(json(pair, both, onsets, segments)))
        : text(pair, both, onsets, segments);
  }

  private void setDefaults() {
    collar = collar == null ? 0.2 : collar;
    offsetTolerance = offsetTolerance == null ? 0.5 : offsetTolerance;
    segment = segment == null ? 1.0 : segment;
  }

  private void check() throws UserException {
    if (reference == null || estimated == null) {
      throw UserException.wrongUse(
          (reference == null ? "--reference" : "--estimated")
              + " is missing: the lists of events are compared two by two");
    }
    that("--collar", collar > 0 && collar <= 3600, "seconds above 0 and up to 3600");
    that("--offset-tolerance", offsetTolerance >= 0 && offsetTolerance <= 1, "0 to 1");
    that("--segment", segment >= 0.001 && segment <= 3600, "0.001 to 3600 seconds");
  }

  private static void that(String option, boolean fine, String allowed) throws UserException {
    if (!fine) {
      throw UserException.wrongUse(option + " must be " + allowed);
    }
  }

  private ObjectNode json(EventListPair pair, Metrics both, Metrics onsets, Metrics segments) {
    ObjectNode json = MetricsJson.object();
    json.put("reference", reference.toString());
    json.put("estimated", estimated.toString());
    pair.files().stream().filter(file -> !file.isEmpty()).forEach(json.putArray("files")::add);
    pair.labels().forEach(json.putArray("labels")::add);
    json.put("collar_seconds", collar);
    json.put("offset_percentage_of_length", offsetTolerance);
    json.put("segment_seconds", segment);
    json.set("event_onset_offset", MetricsJson.of(both));
    json.set("event_onset_only", MetricsJson.of(onsets));
    json.set("segment", MetricsJson.of(segments));
    return json;
  }

  private List<String> text(EventListPair pair, Metrics both, Metrics onsets, Metrics segments) {
    Map<String, Metrics> kinds = new LinkedHashMap<>();
    kinds.put("onset+offset", both);
    kinds.put("onset", onsets);
    kinds.put("segment", segments);
    return Stream.of(
            heading(pair), MetricsTable.overall(kinds), List.of(""), MetricsTable.classWise(kinds))
        .flatMap(List::stream)
        .toList();
  }

  private List<String> heading(EventListPair pair) {
    return List.of(
        "reference  %s, %d events".formatted(reference, pair.reference().events().size()),
        "estimated  %s, %d events".formatted(estimated, pair.estimated().events().size()),
        "onset      may be off by %s s".formatted(TextTable.plain(collar)),
        "offset     may be off by %s s or %s of the event's length"
            .formatted(TextTable.plain(collar), TextTable.plain(offsetTolerance)),
        "segment    %s s".formatted(TextTable.plain(segment)),
        "");
  }
}
