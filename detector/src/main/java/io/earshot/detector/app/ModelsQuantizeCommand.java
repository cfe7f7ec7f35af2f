package io.earshot.detector.app;

import io.earshot.models.dataset.DatasetException;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import io.earshot.models.quantize.CalibrationClips;
import io.earshot.models.quantize.QuantizeRequest;
import io.earshot.models.quantize.QuantizeRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot models quantize}: a package that computes with integers. */
@Command(
    name = "quantize",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a package whose network computes in 8-bit integers: smaller, and faster on CPUs with"
          + " AVX-512 VNNI. Ranges are taken from clips of yours.",
      "It is compared with the original on clips held out, and not written if it is too far off:"
          + " a cosine of embeddings below 0.995, another top label in more than a tenth of the"
          + " patches, or more than half a point of accuracy lost."
    })
final class ModelsQuantizeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;
  @Mixin private RangeOptions ranges;

  @Parameters(paramLabel = "NAME|DIR", description = "An installed package, or a package's folder.")
  private String name;

  @Option(
      names = "--calibrate",
      required = true,
      paramLabel = "DIR",
      description = {
        "Sound of the kind that is to be heard, 10 files or more; a thousand at most are used.",
        "A fifth is held out; of a data set in folds, the first fold."
      })
  private Path calibrate;

  @Option(
      names = "--map",
      paramLabel = "LABEL=MODEL_LABEL",
      description =
          "What the package calls a label of the clips, for accuracy; give it once for each.")
  private Map<String, String> names = Map.of();

  @Option(
      names = "--model-out",
      paramLabel = "DIR",
      description = "The new package's folder; NAME-int8 beside the original by default.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    Path packages = Home.resolve(config.read(Map.of()).model().directory());
    ModelPackage model = model(packages);
    PackageOut out = out(model);
    Path temporary = TemporaryFolder.create("earshot-quantize");
    try (Interrupt interrupt = Interrupt.open()) {
      interrupt.onRequest(() -> stop(out, temporary));
      show(written(model, out, temporary));
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    } catch (DatasetException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    } finally {
      TemporaryFolder.delete(temporary);
    }
    return 0;
  }

  private QuantizeRun.Written written(ModelPackage model, PackageOut out, Path temporary)
      throws UserException, DatasetException, PackageException {
    CalibrationClips clips = CalibrationClips.in(calibrate);
    Map<String, String> labels = CommonLabels.of(clips.labels(), model, names);
    clips
        .note()
        .ifPresent(why -> spec.commandLine().getErr().println("Labels are not used: " + why));
    QuantizeRequest request =
        new QuantizeRequest(
            model,
            out.name(),
            clips,
            labels,
            ranges.get(),
            ClipReader::read,
            temporary,
            CommandText.of(spec));
    try (TaskBar bar = new TaskBar()) {
      return new QuantizeRun(request, bar).write(out.parent());
    }
  }

  private ModelPackage model(Path packages) throws UserException {
    try {
      return ModelPackages.find(name, packages);
    } catch (PackageException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  private PackageOut out(ModelPackage model) throws UserException {
    Path beside = model.directory().resolveSibling(model.name() + "-int8");
    PackageOut out = PackageOut.at(folder == null ? beside : folder);
    out.check();
    out.spare(model, "the package");
    return out;
  }

  /** A package appears whole or not at all. */
  private static void stop(PackageOut out, Path temporary) {
    out.deleteUnfinished();
    TemporaryFolder.delete(temporary);
    Runtime.getRuntime().halt(Interrupt.STATUS);
  }

  private void show(QuantizeRun.Written written) {
    PrintWriter err = spec.commandLine().getErr();
    written.skipped().forEach((clip, why) -> err.println("Skipped " + clip + ": " + why));
    written.summary().forEach(spec.commandLine().getOut()::println);
    err.println("Wrote " + written.directory());
  }
}
