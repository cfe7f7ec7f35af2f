package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.models.dataset.Dataset;
import io.earshot.models.evaluate.sed.EventListPair;
import io.earshot.models.evaluate.soundscape.SoundscapeGenerator;
import io.earshot.models.evaluate.soundscape.SoundscapeSettings;
import io.earshot.models.feature.LogMel;
import io.earshot.models.pack.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code earshot evaluate --scenes N --data DIR}: mixes scenes, streams them through the real
 * pipeline and compares what it publishes with the truth.
 */
final class SceneEvaluation {
  private final SceneOptions options;
  private final EvaluationDataOptions data;
  private final Complaints complaints;

  SceneEvaluation(SceneOptions options, EvaluationDataOptions data, Complaints complaints) {
    this.options = options;
    this.data = data;
    this.complaints = complaints;
  }

  /**
   * The report; none if Ctrl-C has ended it.
   *
   * @throws UserException an option or the data is wrong, or a stage failed
   */
  List<String> report(Config config, ModelPackage model, ReportFormat format) throws Exception {
    SoundscapeSettings settings = options.settings();
    int scenes = options.scenes();
    Dataset dataset = data.dataset();
    Map<String, String> labels = data.labels(dataset, model);
    Path out = options.out();
    DatasetClips clips = new DatasetClips(dataset, labels, complaints::add);
    SceneRun run =
        new SceneRun(new SoundscapeGenerator(clips, options.background(), settings), out);
    long samples = Math.round(scenes * settings.seconds() * LogMel.SAMPLE_RATE);
    if (run.stream(config, model, scenes, samples)) {
      return List.of();
    }
    SceneReport report =
        new SceneReport(
            new Event.Model(model.name(), model.version()),
            new SceneReport.Setup(scenes, settings, options.backgroundName()),
            new TreeSet<>(labels.values()),
            run.truth(),
            run.heard());
    if (out != null) {
      keep(report.pair(), out);
    }
    return format == ReportFormat.JSON
        ? List.of(SceneReportJson.of(report))
        : SceneReportText.of(report);
  }

  private static void keep(EventListPair pair, Path out) throws UserException {
    try {
      pair.reference().write(out.resolve("reference.txt"));
      pair.estimated().write(out.resolve("estimated.txt"));
    } catch (IOException e) {
      throw UserException.failed(out + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
