package io.earshot.detector.app;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import io.earshot.models.pack.ScoreDistribution;
import io.earshot.models.transfer.DistributionRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot models distribution}: what live scores are compared with. */
@Command(
    name = "distribution",
    mixinStandardHelpOptions = true,
    description = {
      "Counts which scores a package gives its labels in clips of yours, and keeps that in the"
          + " package, for the metric earshot_score_drift.",
      "Best are clips that it has not learnt from. Labels that the clips have not keep what they had."
    })
final class ModelsDistributionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;
  @Mixin private EvaluationDataOptions data;

  @Parameters(paramLabel = "NAME|DIR", description = "An installed package, or a package's folder.")
  private String name;

  @Override
  public Integer call() throws Exception {
    ModelPackage model = model(Home.resolve(config.read(Map.of()).model().directory()));
    Dataset dataset = data.dataset();
    DistributionRun run =
        new DistributionRun(
            model,
            data.labels(dataset, model),
            ClipReader::read,
            CacheFolder.of("embeddings"),
            CommandText.of(spec));
    try (Interrupt interrupt = Interrupt.open();
        TaskBar bar = new TaskBar()) {
      interrupt.onRequest(() -> stop(model));
      show(model, run, run.write(dataset.files(), bar));
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    }
    return 0;
  }

  private ModelPackage model(Path packages) throws UserException {
    try {
      return ModelPackages.find(name, packages);
    } catch (PackageException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  /** A package is written whole or not at all. */
  private static void stop(ModelPackage model) {
    if (model.directory().toFile().exists()) {
      PackageWriter.deleteLeftovers(model.directory());
    }
    Runtime.getRuntime().halt(Interrupt.STATUS);
  }

  private void show(ModelPackage model, DistributionRun run, ScoreDistribution scores) {
    PrintWriter err = spec.commandLine().getErr();
    run.skipped().forEach((clip, why) -> err.println("Skipped " + clip + ": " + why));
    PackageText.distribution(scores, model).forEach(spec.commandLine().getOut()::println);
    err.println("Wrote " + model.directory());
  }
}
