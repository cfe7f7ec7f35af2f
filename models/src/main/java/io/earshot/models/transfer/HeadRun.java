package io.earshot.models.transfer;

import io.earshot.models.dataset.DatasetException;
import io.earshot.models.evaluate.Calibration;
import io.earshot.models.evaluate.ClipEvaluation;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.evaluate.Platt;
import io.earshot.models.evaluate.Thresholds;
import io.earshot.models.head.DenseHead;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * From labelled clips to a package with a head of their classes: hears them with the backbone,
 * trains without each fold in turn and judges by it, calibrates, chooses thresholds, trains on all,
 * and writes the package with a report of what was measured.
 *
 * <pre>{@code
 * Taught taught = new HeadRun(request, listener).write(Path.of("models/packages"));
 * taught.summary().forEach(System.out::println);
 * }</pre>
 */
public final class HeadRun {
  /** A little above the loudest mistake: other noise will score a little differently. */
  private static final double NOISE_MARGIN = 1;

  private static final int NOISES = 16 * MadeNoise.KINDS.size();

  private final HeadRequest request;
  private final Listener listener;
  private final SplittableRandom seeds;

  public HeadRun(HeadRequest request, Listener listener) {
    this.request = request;
    this.listener = listener;
    this.seeds = new SplittableRandom(request.seed());
  }

  /**
   * Runs all of it.
   *
   * @param packagesDirectory the package becomes a folder in it, made or replaced
   * @throws DatasetException the clips that can be heard are too few
   * @throws PackageException the backbone does not fit, noise would raise a class, or the package
   *     cannot be written; nothing of it is left then
   */
  public Taught write(Path packagesDirectory)
      throws DatasetException, PackageException, InterruptedException {
    try (Backbone backbone = new Backbone(request.backbone())) {
      ClipEmbedder embedder =
          new ClipEmbedder(backbone, request.reader(), new EmbeddingCache(request.cache()));
      Material heard = Material.gather(request.dataset(), embedder, seeds.nextLong(), listener);
      Material material = request.averaged() ? heard.averaged() : heard;
      Classes classes = Classes.of(request.dataset().labels());
      CrossValidation folds =
          new CrossValidation(material, classes, request.trainer(), seeds.nextLong(), listener);
      List<JudgedClip> raw = folds.judge();
      Calibration lines = Calibration.fit(classes.labels(), raw);
      DenseHead head = folds.train().calibrated(lines.scales(), lines.shifts());
      List<JudgedClip> judged = folds.calibrated(raw);
      float[] thresholds = thresholds(classes, judged, noise(classes, head, embedder));
      ClipEvaluation evaluation =
          new ClipEvaluation(
              classes.labels(),
              classes.background(),
              thresholds,
              judged,
              request.backbone().hop().toMillis() / 1000.0);
      return taught(classes, head, thresholds, evaluation, material, packagesDirectory);
    }
  }

  private Taught taught(
      Classes classes,
      DenseHead head,
      float[] thresholds,
      ClipEvaluation evaluation,
      Material material,
      Path packagesDirectory)
      throws PackageException {
    PackageContent content =
        new HeadPackage(request.name(), request.licence(), request.backbone())
            .content(classes.labels(), thresholds, head, request.command())
            .background(Classes.BACKGROUND)
            .card("# x\n");
    long seed = seeds.nextLong();
    Path written =
        PackageWriter.write(
            content,
            packagesDirectory,
            staged -> {
              TrialRun.of(staged);
              NoiseCheck.check(staged, seed);
            });
    PackageWriter.deleteLeftovers(written);
    return new Taught(
        written,
        material.skipped(),
        List.of(
            "accuracy "
                + evaluation.accuracy()
                + " "
                + evaluation.accuracyInterval()
                + " "
                + java.util.Arrays.toString(thresholds),
            evaluation.measures().toString()));
  }

  /** The highest score of each class in noise that was not learnt from. */
  private float[] noise(Classes classes, DenseHead head, ClipEmbedder embedder) {
    float[] highest = new float[classes.labels().size()];
    for (MadeNoise noise : MadeNoise.draw(NOISES, seeds.nextLong())) {
      for (float[] embedding : embedder.made(noise.toString(), noise::samples).embeddings()) {
        float[] scores = Classes.scores(head, embedding);
        for (int i = 0; i < highest.length; i++) {
          highest[i] = Math.max(highest[i], scores[i]);
        }
      }
    }
    return highest;
  }

  private float[] thresholds(Classes classes, List<JudgedClip> clips, float[] noise) {
    Thresholds choice = new Thresholds(classes.labels(), clips);
    float[] thresholds = new float[noise.length];
    thresholds[classes.background()] = HeadPackage.STANDARD_THRESHOLD;
    for (int i = 0; i < classes.background(); i++) {
      float floor = (float) Platt.sigmoid(Platt.logit(noise[i]) + NOISE_MARGIN);
      thresholds[i] =
          request.maxFalseAlarmsPerHour().isPresent()
              ? choice.maxFalseAlarmsPerHour(
                  i, request.maxFalseAlarmsPerHour().getAsDouble(), floor)
              : choice.bestF1(i, floor);
    }
    return thresholds;
  }
}
