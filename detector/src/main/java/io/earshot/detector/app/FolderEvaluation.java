package io.earshot.detector.app;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.evaluate.ClipEvaluation;
import io.earshot.models.evaluate.ClipReport;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.models.transfer.ClipJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code earshot evaluate --data DIR}: a package on labelled clips, each by itself. */
final class FolderEvaluation {
  @Option(
      names = "--report-out",
      paramLabel = "DIR",
      description = "Keeps the report of the clips: report.md, report.json and pictures.")
  private Path out;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where scores are kept; earshot/embeddings in the user's cache by default.")
  private Path cache;

  /**
   * The report.
   *
   * @param complaints takes a line for each clip that is passed over
   * @throws UserException the data is wrong, the model does not run or the report cannot be written
   */
  List<String> report(
      Config config,
      ModelPackage model,
      EvaluationDataOptions data,
      ReportFormat format,
      Complaints complaints)
      throws UserException {
    Dataset dataset = data.dataset();
    makeFolder();
    Map<String, String> names = data.labels(dataset, model);
    List<LabelledFile> files =
        Stream.concat(dataset.files().stream(), dataset.background().stream()).toList();
    Duration hop = config.segments().hop();
    ClipJudge judge = new ClipJudge(model, hop, names);
    List<JudgedClip> clips = clips(judge, files);
    judge.skipped().forEach((name, why) -> complaints.add("skipped " + name + ": " + why));
    if (clips.isEmpty()) {
      throw UserException.wrongUse("--data: none of the clips can be read");
    }
    ClipReport report =
        new ClipReport(
            model.name(),
            new ClipEvaluation(
                judge.labels(), -1, thresholds(config, judge), clips, hop.toMillis() / 1000.0),
            settings(config, model, data),
            notes(dataset, judge),
            judge.skipped());
    if (out != null) {
      write(report, files);
    }
    return format == ReportFormat.JSON ? List.of(report.json()) : report.summary();
  }

  private static List<String> notes(Dataset dataset, ClipJudge judge) {
    List<String> notes = new ArrayList<>(dataset.passedOver());
    notes.add(
        "The package was judged as it is: if it has learnt from these clips, the numbers flatter it");
    notes.add(
        "Only the %d labels of the data were judged; what else the model hears in a clip counts for nothing"
            .formatted(judge.labels().size()));
    return notes;
  }

  /** Before the work, which would be lost. A report of ours may be replaced, other files stay. */
  private void makeFolder() throws UserException {
    if (out != null
        && Files.exists(out.resolve("report.md"))
        && Files.notExists(out.resolve("report.json"))) {
      throw UserException.wrongUse("--report-out: " + out + " has a report.md that is not ours");
    }
    try {
      if (out != null) {
        Files.createDirectories(out);
      }
    } catch (IOException e) {
      throw UserException.wrongUse("--report-out: " + out + ": the folder cannot be made", e);
    }
  }

  private List<JudgedClip> clips(ClipJudge judge, List<LabelledFile> files) throws UserException {
    try (TaskBar bar = new TaskBar()) {
      return judge.judge(
          files, ClipReader::read, cache == null ? CacheFolder.of("embeddings") : cache, bar);
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    }
  }

  /** Those that the detector would use. */
  private static float[] thresholds(Config config, ClipJudge judge) {
    float[] thresholds = judge.thresholds();
    Double onset = config.events().defaults().onset();
    if (onset != null) {
      Arrays.fill(thresholds, onset.floatValue());
    }
    return thresholds;
  }

  private static Map<String, String> settings(
      Config config, ModelPackage model, EvaluationDataOptions data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", model.name() + " " + model.version());
    settings.put("data", data.path().toString());
    settings.put("hop", config.segments().hop().toMillis() + " ms");
    Double onset = config.events().defaults().onset();
    settings.put("thresholds", onset == null ? "the model's" : onset.toString());
    return settings;
  }

  private void write(ClipReport report, List<LabelledFile> files) throws UserException {
    Map<String, LabelledFile> named =
        files.stream().collect(Collectors.toMap(LabelledFile::name, Function.identity()));
    try {
      report.write(out, name -> ClipReader.read(named.get(name).file()));
    } catch (IOException e) {
      throw UserException.failed(out + ": the report cannot be written: " + e.getMessage(), e);
    }
  }
}
