package io.earshot.models.train;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains backbones on labelled clips: on all of them, or on all folds but one, which then judges.
 *
 * <pre>{@code
 * BackboneTraining training = new BackboneTraining(clips, "background", teacher, settings);
 * List<JudgedClip> judged = training.judge(training.leaveOut(1, TrainingProgress.NONE), 1);
 * }</pre>
 */
final class BackboneTraining implements AutoCloseable {
  /** As YAMNet's: quiet sounds still differ from silence. */
  static final double LOG_OFFSET = 0.001;

  /** In one of a dozen trainings the loss jumped for no reason that could be found. */
  private static final int ATTEMPTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(BackboneTraining.class);

  private final List<TrainingClip> clips;
  private final List<String> labels;
  private final int background;
  private final TrainingSettings settings;
  private final Network teacherNetwork;
  private final ModelPackage teacher;

  /**
   * Opens the teacher.
   *
   * @param clips their labels, in the order in which they first appear, are the classes
   * @param teacher a package with scores and the same front end; null for none
   */
  BackboneTraining(
      List<TrainingClip> clips, String background, ModelPackage teacher, TrainingSettings settings)
      throws PackageException {
    this.clips = List.copyOf(clips);
    this.labels = clips.stream().map(TrainingClip::label).distinct().toList();
    this.background = labels.indexOf(background);
    this.settings = settings;
    this.teacher = teacher;
    if (teacher != null && !teacher.frontEnd().equals(FrontEnd.vggish(LOG_OFFSET))) {
      throw new PackageException(
          "%s cannot teach: its log offset is %s, not %s"
              .formatted(teacher.name(), teacher.frontEnd().logOffset(), LOG_OFFSET));
    }
    this.teacherNetwork =
        teacher == null ? null : Network.open(teacher, new NetworkOptions(Provider.CPU, 0));
  }

  List<String> labels() {
    return labels;
  }

  /** Trains without that fold. */
  NetworkWeights leaveOut(int fold, TrainingProgress progress)
      throws PackageException, InterruptedException {
    return train(clip -> clip.fold() != fold, progress);
  }

  /** The scores of a fold's clips, uncalibrated. */
  List<JudgedClip> judge(NetworkWeights weights, int fold) throws PackageException {
    List<JudgedClip> scored = new ArrayList<>();
    try (TemporaryPackage made = TemporaryPackage.of(weights, labels);
        PackagedNetwork network = new PackagedNetwork(made.model())) {
      for (TrainingClip clip : clips) {
        if (clip.fold() == fold) {
          scored.add(network.score(clip));
        }
      }
    }
    return scored;
  }

  /** Trains on every clip. */
  NetworkWeights train(TrainingProgress progress) throws PackageException, InterruptedException {
    return train(clip -> true, progress);
  }

  private NetworkWeights train(Predicate<TrainingClip> chosen, TrainingProgress progress)
      throws PackageException, InterruptedException {
    List<List<TrainingClip>> byClass = new ArrayList<>();
    for (String label : labels) {
      byClass.add(clips.stream().filter(c -> c.label().equals(label)).filter(chosen).toList());
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return fit(byClass, settings.withSeed(settings.seed() + attempt - 1), progress);
      } catch (DivergedException e) {
        if (attempt == ATTEMPTS) {
          throw new PackageException("The training fails again and again: " + e.getMessage(), e);
        }
        LOG.warn("Training begins again with the next seed: {}", e.getMessage());
      }
    }
  }

  private NetworkWeights fit(
      List<List<TrainingClip>> clipsByClass, TrainingSettings seeded, TrainingProgress progress)
      throws InterruptedException, DivergedException {
    Teacher taughtBy = teacher == null ? null : new Teacher(teacherNetwork, teacher);
    int values = teacher == null ? 0 : taughtBy.size();
    ExampleMixer mixer = new ExampleMixer(clipsByClass, background, LOG_OFFSET);
    try (Batches batches =
        new Batches(seeded.steps(), mixer, taughtBy, seeded.batch(), seeded.seed())) {
      return new BackboneFit(seeded, labels.size(), values).fit(batches, progress);
    }
  }

  @Override
  public void close() {
    if (teacherNetwork != null) {
      teacherNetwork.close();
    }
  }
}
