package io.earshot.detector.app;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.head.HeadTrainer;
import io.earshot.models.head.LiblinearTrainer;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import io.earshot.models.train.MlpSettings;
import io.earshot.models.train.MlpTrainer;
import io.earshot.models.transfer.MfccPackage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What is trained, on what. */
final class HeadOptions {
  enum Head {
    LINEAR,
    SVM,
    MLP
  }

  enum Features {
    EMBEDDING,
    MFCC
  }

  @Option(
      names = "--backbone",
      paramLabel = "NAME|DIR",
      defaultValue = "base",
      description = "Package that makes the embeddings: base (the default), yamnet, vggish, yours.")
  private String backbone;

  @Option(
      names = "--fold-backbones",
      paramLabel = "DIR",
      description = {
        "Where the backbone has learnt from these very clips: judges each fold with the backbone"
            + " NAME-without-fold-N in DIR, as models train-backbone --folds-out keeps them."
      })
  private Path foldBackbones;

  @Option(
      names = "--head",
      paramLabel = "linear|svm|mlp",
      defaultValue = "linear",
      description = {
        "linear (the default): logistic regression. svm: linear support vectors.",
        "mlp: three dense layers with dropout; fetches PyTorch on first use (Linux on x86-64)."
      })
  private Head head;

  @Option(
      names = "--optimizer",
      paramLabel = "adam|adagrad",
      description = "Of the mlp; adam by default.")
  private MlpSettings.Optimizer optimizer;

  @Option(
      names = "--features",
      paramLabel = "embedding|mfcc",
      defaultValue = "embedding",
      description =
          "The backbone's embedding (the default), or a baseline: 40 MFCCs, the mean over the clip.")
  private Features features;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws first weights, negatives and what is held out; 1 by default.")
  private long seed;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where embeddings are kept; earshot/embeddings in the user's cache by default.")
  private Path cache;

  long seed() {
    return seed;
  }

  boolean isMlp() {
    return head == Head.MLP;
  }

  boolean averaged() {
    return features == Features.MFCC;
  }

  Path cache() {
    return cache == null ? CacheFolder.of("embeddings") : cache;
  }

  HeadTrainer trainer() throws UserException {
    return switch (head) {
      case LINEAR -> LiblinearTrainer.linear();
      case SVM -> LiblinearTrainer.svm();
      case MLP -> {
        PyTorch.check();
        yield new MlpTrainer(optimised(MlpSettings.standard()));
      }
    };
  }

  /** For targets that are a teacher's scores: one dense layer, or with {@code mlp} three. */
  HeadTrainer trainerOfSoftTargets() throws UserException {
    if (head == Head.SVM) {
      throw UserException.wrongUse(
          "--head: svm cannot learn a teacher's scores; linear and mlp can");
    }
    PyTorch.check();
    MlpSettings settings = MlpSettings.plain();
    return new MlpTrainer(
        optimised(
            head == Head.MLP ? settings.withHidden(MlpSettings.standard().hidden()) : settings));
  }

  /** An optimizer brings its own learning rate; where none is asked for, the settings' stays. */
  private MlpSettings optimised(MlpSettings settings) {
    MlpSettings seeded = settings.withSeed(seed);
    return optimizer == null ? seeded : seeded.withOptimizer(optimizer);
  }

  /**
   * The package that gives the embeddings.
   *
   * @param temporary where one may be written that is needed for this training alone
   */
  ModelPackage backbone(Path packages, Path temporary) throws UserException {
    try {
      if (features == Features.MFCC) {
        return MfccPackage.write(temporary);
      }
      ModelPackage found = ModelPackages.find(backbone, packages);
      if (found.embeddingSize().isEmpty()) {
        throw UserException.wrongUse(
            "--backbone: " + found.name() + " gives scores alone; a head needs embeddings");
      }
      return found;
    } catch (PackageException e) {
      throw UserException.wrongUse("--backbone: " + e.getMessage(), e);
    }
  }

  /** The backbone that each of the folds is judged with; none where it is the one of all. */
  Map<Integer, ModelPackage> foldBackbones(ModelPackage found, Dataset dataset)
      throws UserException {
    Map<Integer, ModelPackage> ofFolds = new TreeMap<>();
    if (foldBackbones != null) {
      if (dataset.hasDealtFolds()) {
        throw UserException.wrongUse(
            "--fold-backbones: the data has no folds of its own, so nobody knows what each backbone has learnt from");
      }
      for (int fold : folds(dataset)) {
        Path directory = foldBackbones.resolve(found.name() + "-without-fold-" + fold);
        try {
          ofFolds.put(fold, ModelPackage.load(directory));
        } catch (PackageException e) {
          throw UserException.wrongUse("--fold-backbones: " + e.getMessage(), e);
        }
      }
    }
    return ofFolds;
  }

  private static Set<Integer> folds(Dataset dataset) {
    return dataset.files().stream().map(LabelledFile::fold).collect(Collectors.toSet());
  }

  /** What was chosen, for a report. */
  Map<String, String> settings(ModelPackage found) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("backbone", found.name() + " " + found.version());
    settings.put("features", lower(features));
    settings.put("head", lower(head));
    if (head == Head.MLP) {
      settings.put("optimizer", optimizer == null ? "adam" : lower(optimizer));
    }
    settings.put("seed", Long.toString(seed));
    return settings;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
