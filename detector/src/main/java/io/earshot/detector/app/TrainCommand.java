package io.earshot.detector.app;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.dataset.UnlabelledFiles;
import io.earshot.models.head.HeadTrainer;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import io.earshot.models.transfer.HeadRequest;
import io.earshot.models.transfer.HeadRun;
import io.earshot.models.transfer.Taught;
import io.earshot.models.transfer.TeacherRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot train}: a model of the user's own sounds. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Teaches Earshot your own sounds: from labelled clips to a model package with a report.",
      "The clips are heard as the detector hears a stream, a backbone makes embeddings of them, and"
          + " a head is trained on those. Every clip is judged by a head that had not learnt from its"
          + " fold."
    })
final class TrainCommand implements Callable<Integer> {
  private static final String FOLD_BACKBONES = "--fold-backbones";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;
  @Mixin private TrainingDataOptions data;
  @Mixin private HeadOptions head;
  @Mixin private PackageOut out;

  @Option(
      names = "--teacher",
      paramLabel = "NAME|DIR",
      description = {
        "DIR has recordings without labels, and the head learns to give this package's labels: with"
            + " yamnet, any backbone gains 521 of them. Fetches PyTorch on first use."
      })
  private String teacher;

  @Option(
      names = "--max-false-alarms-per-hour",
      paramLabel = "N",
      description = {
        "Each class gets the lowest threshold that raises it by mistake so often in an hour of the"
            + " other clips.",
        "Without it, the threshold of the best F1."
      })
  private Double maxFalseAlarms;

  @Override
  public Integer call() throws Exception {
    checkFlags();
    out.check();
    Path packages = Home.resolve(config.read(Map.of()).model().directory());
    Path temporary = TemporaryFolder.create("earshot-train");
    try (Interrupt interrupt = Interrupt.open()) {
      interrupt.onRequest(() -> stop(out, temporary));
      show(taught(packages, temporary));
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    } catch (DatasetException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    } finally {
      TemporaryFolder.delete(temporary);
    }
    return 0;
  }

  private Taught taught(Path packages, Path temporary) throws Exception {
    ModelPackage backbone = head.backbone(packages, temporary);
    out.spare(backbone, "the backbone");
    try (TaskBar bar = new TaskBar()) {
      if (teacher == null) {
        Dataset dataset = data.read();
        HeadRequest request =
            request(backbone, head.foldBackbones(backbone, dataset), temporary, head.trainer());
        return new HeadRun(request, dataset, head.averaged(), maxFalseAlarms(), bar)
            .write(out.parent());
      }
      ModelPackage teaching = teaching(packages);
      out.spare(teaching, "the teacher");
      List<LabelledFile> files = UnlabelledFiles.in(data.path(), TeacherRun.FOLDS);
      HeadRequest request = request(backbone, Map.of(), temporary, head.trainerOfSoftTargets());
      return new TeacherRun(request, files, teaching, bar).write(out.parent());
    }
  }

  private void checkFlags() throws UserException {
    if (maxFalseAlarms != null && !(maxFalseAlarms >= 0 && Double.isFinite(maxFalseAlarms))) {
      throw UserException.wrongUse(
          "--max-false-alarms-per-hour: " + maxFalseAlarms + " is not 0 or more");
    }
    if (teacher != null) {
      refuse(
          "with --teacher",
          "--max-false-alarms-per-hour",
          "--folds",
          "--recordings",
          FOLD_BACKBONES);
    } else if (!head.isMlp()) {
      refuse("without --head mlp", "--optimizer");
    }
    if (head.averaged()) {
      refuse("with --features mfcc", "--backbone", FOLD_BACKBONES);
    }
  }

  private void refuse(String when, String... options) throws UserException {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw UserException.wrongUse(option + ": has no effect " + when);
      }
    }
  }

  private ModelPackage teaching(Path packages) throws UserException {
    try {
      ModelPackage found = ModelPackages.find(teacher, packages);
      if (!found.hasScores()) {
        throw UserException.wrongUse("--teacher: " + teacher + " gives no scores");
      }
      return found;
    } catch (PackageException e) {
      throw UserException.wrongUse("--teacher: " + e.getMessage(), e);
    }
  }

  private OptionalDouble maxFalseAlarms() {
    return maxFalseAlarms == null ? OptionalDouble.empty() : OptionalDouble.of(maxFalseAlarms);
  }

  /** What has been learnt is lost in any case, and a package appears whole or not at all. */
  private static void stop(PackageOut out, Path temporary) {
    out.deleteUnfinished();
    TemporaryFolder.delete(temporary);
    Runtime.getRuntime().halt(Interrupt.STATUS);
  }

  private HeadRequest request(
      ModelPackage backbone,
      Map<Integer, ModelPackage> foldBackbones,
      Path temporary,
      HeadTrainer trainer) {
    Map<String, String> settings = head.settings(backbone);
    settings.put("data", data.path().toString());
    if (teacher != null) {
      settings.put("teacher", teacher);
    } else {
      settings.put(
          "thresholds",
          maxFalseAlarms == null
              ? "best F1"
              : "at most " + maxFalseAlarms + " false alarms an hour");
    }
    return new HeadRequest(
        out.name(),
        out.licence(),
        backbone,
        foldBackbones,
        trainer,
        ClipReader::read,
        head.cache(),
        temporary,
        head.seed(),
        settings,
        CommandText.of(spec));
  }

  private void show(Taught taught) {
    PrintWriter err = spec.commandLine().getErr();
    taught.skipped().forEach((name, why) -> err.println("Skipped " + name + ": " + why));
    taught.warnings().forEach(err::println);
    taught.summary().forEach(spec.commandLine().getOut()::println);
    err.println("Wrote " + taught.directory() + "; report.md in it has the numbers and pictures");
  }
}
