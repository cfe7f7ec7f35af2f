package io.earshot.models.train;

import io.earshot.models.evaluate.Calibration;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.evaluate.OwnScores;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From clips to a model package: trains without each fold in turn and judges by it, calibrates,
 * trains on all, writes the package with what was measured in its card.
 *
 * <pre>{@code
 * Path base = new BackboneRun(request, listener).write(Path.of("models/packages"));
 * }</pre>
 */
public final class BackboneRun {
  static final int HOP_MILLIS = 960;
  private static final float STANDARD_THRESHOLD = 0.5f;

  private final BackboneRequest request;
  private final Listener listener;

  /** Told what goes on, on the thread that runs. */
  public interface Listener extends TrainingProgress {
    /** A training begins. */
    void begins(String what);

    /** Lines for the user. */
    void says(String text);
  }

  public BackboneRun(BackboneRequest request, Listener listener) {
    this.request = request;
    this.listener = listener;
  }

  /**
   * Runs all of it.
   *
   * @return the package's directory, below {@code packagesDirectory}
   * @throws PackageException the teacher does not fit, or the package cannot be written
   */
  public Path write(Path packagesDirectory) throws PackageException, InterruptedException {
    long began = System.nanoTime();
    List<TrainingClip> clips =
        Stream.concat(request.recordings().stream(), request.others().stream()).toList();
    try (BackboneTraining training =
        new BackboneTraining(
            clips, MadeClips.BACKGROUND, request.teacher().orElse(null), request.settings())) {
      List<JudgedClip> raw = judge(training);
      Judgement judgement =
          new Judgement(
              training.labels(), request.ranked(), Calibration.acrossFolds(training.labels(), raw));
      listener.begins("on all folds");
      NetworkWeights weights =
          calibrated(training.train(listener), Calibration.fit(training.labels(), raw));
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      Path written =
          PackageWriter.write(content(weights, judgement, took), packagesDirectory, TrialRun::of);
      PackageWriter.deleteLeftovers(written);
      return written;
    }
  }

  private List<JudgedClip> judge(BackboneTraining training)
      throws PackageException, InterruptedException {
    List<JudgedClip> scored = new ArrayList<>();
    for (int fold : request.folds()) {
      listener.begins("without fold " + fold);
      NetworkWeights weights = training.leaveOut(fold, listener);
      keep(weights, fold, training.labels());
      scored.addAll(training.judge(weights, fold));
      Judgement sofar = new Judgement(training.labels(), request.ranked(), scored);
      listener.says(BackboneCard.fold(sofar, fold));
    }
    return scored;
  }

  /** For heads that are to be judged on a backbone that has not heard the fold either. */
  private void keep(NetworkWeights weights, int fold, List<String> labels) throws PackageException {
    if (request.foldsOut().isPresent()) {
      String name = request.name() + "-without-fold-" + fold;
      PackageWriter.write(
          TemporaryPackage.content(name, weights, labels), request.foldsOut().get(), TrialRun::of);
    }
  }

  private static NetworkWeights calibrated(NetworkWeights weights, Calibration calibration) {
    return weights.calibrated(calibration.scales(), calibration.shifts());
  }

  private PackageContent content(NetworkWeights weights, Judgement judgement, Duration took) {
    Map<String, Float> own = new LinkedHashMap<>();
    for (int i = 0; i < judgement.labels().size(); i++) {
      float threshold = (float) judgement.threshold(i);
      if (threshold != STANDARD_THRESHOLD) {
        own.put(judgement.labels().get(i), threshold);
      }
    }
    own.remove(MadeClips.BACKGROUND);
    Manifest.Accuracy accuracy =
        new Manifest.Accuracy(
            Math.round(judgement.accuracy(0) * 1e4) / 1e4,
            "top label of %d clips of %d classes, each by a network that had not learnt its fold"
                .formatted(judgement.rankedClips(0).size(), request.ranked()));
    return new PackageContent(request.name(), request.version(), request.licence())
        .source(Manifest.Source.inWords("trained by Earshot: " + request.command()))
        .card(new BackboneCard(request, judgement, took).markdown())
        .network(
            NetworkGraph.of(weights),
            NetworkGraph.PATCHES,
            FrontEnd.vggish(BackboneTraining.LOG_OFFSET),
            HOP_MILLIS)
        .embedding(BackboneShape.EMBEDDING)
        .scores(judgement.labels(), new Manifest.Thresholds(STANDARD_THRESHOLD, own))
        .background(MadeClips.BACKGROUND)
        .accuracy(accuracy)
        .distribution(
            OwnScores.of(
                judgement.labels(),
                judgement.labels().indexOf(MadeClips.BACKGROUND),
                judgement.clips()));
  }
}
