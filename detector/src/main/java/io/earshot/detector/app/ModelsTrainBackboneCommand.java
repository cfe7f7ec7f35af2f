package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import io.earshot.models.train.BackboneRequest;
import io.earshot.models.train.BackboneRun;
import io.earshot.models.train.MadeClips;
import io.earshot.models.train.TrainingClip;
import io.earshot.models.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot models train-backbone}: how the package {@code base} is made. */
@Command(
    name = "train-backbone",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a small network of VGGish's shape on folders of clips, judges it by leaving out each"
          + " fold in turn, and makes a package of it. This is how the package base is made.",
      "Smoke alarms, sirens and backgrounds are made, not recorded, and always among the classes."
    })
final class ModelsTrainBackboneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--clips",
      required = true,
      paramLabel = "DIR",
      description = "A folder per class; file names begin with the fold, such as 1-100032-A.ogg.")
  private Path clips;

  @Option(
      names = "--class",
      paramLabel = "LABEL=DIR",
      description = {
        "One more class, from one folder of clips without folds. Repeatable.",
        "Files whose names have the same letters, such as a speaker's, are kept together."
      })
  private Map<String, Path> classes = new LinkedHashMap<>();

  @Option(
      names = "--teacher",
      paramLabel = "NAME|DIR",
      description = "An installed package whose scores are learnt beside the labels: yamnet.")
  private String teacher;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Of the package. The one that comes with Earshot is base.")
  private String name;

  @Option(
      names = "--about",
      paramLabel = "FILE",
      description = "Markdown for the model's card: where the clips come from, whom to thank.")
  private Path about;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      defaultValue = "GPL-3.0-or-later",
      description = "Licence of the trained weights; GPL-3.0-or-later by default.")
  private String licence;

  @Option(
      names = "--model-out",
      paramLabel = "DIR",
      description = "Where the package's folder is put; else with the installed packages.")
  private Path out;

  @Option(
      names = "--folds-out",
      paramLabel = "DIR",
      description =
          "Keeps the network of each fold left out, too, as NAME-without-fold-N in there.")
  private Path foldsOut;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Patches that each training learns from.")
  private Integer examples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws the examples and the first weights; 1 by default.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    PyTorch.check();
    Config config = options.read(Map.of());
    Path packages = Home.resolve(config.model().directory());
    BackboneRequest request = request(packages);
    try (Interrupt interrupt = Interrupt.open();
        TrainingBar bar = new TrainingBar(spec.commandLine().getErr())) {
      // What has been learnt is lost in any case; nothing but a temporary folder can be left.
      interrupt.onRequest(() -> Runtime.getRuntime().halt(Interrupt.STATUS));
      Path written = new BackboneRun(request, bar).write(out == null ? packages : out);
      spec.commandLine().getErr().println("Wrote " + written + "; card.md says what was measured");
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    }
    return 0;
  }

  private BackboneRequest request(Path packages) throws UserException {
    Optional<ModelPackage> taughtBy = teacher(packages);
    TrainingSettings settings = settings();
    try (Terminal.Bar bar = Terminal.bar("Reading clips", "", 1)) {
      ClipFolders folders = new ClipFolders(bar::done);
      List<TrainingClip> recordings = folders.classes(clips);
      List<Integer> folds =
          recordings.stream().map(TrainingClip::fold).distinct().sorted().toList();
      List<TrainingClip> others = new ArrayList<>();
      for (Map.Entry<String, Path> one : classes.entrySet()) {
        others.addAll(folders.oneClass(one.getKey(), one.getValue(), folds));
      }
      others.addAll(MadeClips.make(folds, seed));
      List<String> labels = recordings.stream().map(TrainingClip::label).distinct().toList();
      others.addAll(MadeClips.more(labels, seed));
      return new BackboneRequest(
          name,
          "1",
          licence,
          recordings,
          others,
          taughtBy,
          Optional.ofNullable(foldsOut),
          settings,
          about(),
          CommandText.of(spec));
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  private TrainingSettings settings() throws UserException {
    TrainingSettings settings = TrainingSettings.standard().withSeed(seed);
    try {
      return examples == null ? settings : settings.withExamples(examples);
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse("--examples: " + e.getMessage(), e);
    }
  }

  private String about() throws UserException {
    try {
      return about == null ? "" : Files.readString(about);
    } catch (IOException e) {
      throw UserException.wrongUse(about + ": cannot be read", e);
    }
  }

  private Optional<ModelPackage> teacher(Path packages) throws UserException {
    if (teacher == null) {
      return Optional.empty();
    }
    try {
      ModelPackage found = ModelPackages.find(teacher, packages);
      if (!found.hasScores()) {
        throw UserException.wrongUse("--teacher: " + teacher + " gives no scores");
      }
      return Optional.of(found);
    } catch (PackageException e) {
      throw UserException.wrongUse("--teacher: " + e.getMessage(), e);
    }
  }
}
