package io.earshot.models.transfer;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.evaluate.Calibration;
import io.earshot.models.evaluate.ClipEvaluation;
import io.earshot.models.evaluate.ClipReport;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.evaluate.OwnScores;
import io.earshot.models.head.DenseHead;
import io.earshot.models.head.HeadCheck;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * From labelled clips to a package with a head of their classes: hears them with the backbone,
 * trains without each fold in turn and judges by it, calibrates, chooses thresholds, trains on all,
 * and writes the package with a report of what was measured.
 *
 * <pre>{@code
 * Taught taught = new HeadRun(request, dataset, false, OptionalDouble.empty(), listener)
 *     .write(Path.of("models/packages"));
 * taught.summary().forEach(System.out::println);
 * }</pre>
 */
public final class HeadRun {
  /** Many more than the check plays at the end, which must not hear a louder one by chance. */
  private static final int NOISES = 64 * MadeNoise.KINDS.size();

  private final HeadRequest request;
  private final Dataset dataset;
  private final boolean averaged;
  private final OptionalDouble maxFalseAlarmsPerHour;
  private final Listener listener;
  private final SplittableRandom seeds;
  private final Classes classes;

  /**
   * Each call of {@link #write} needs a run of its own.
   *
   * @param averaged whether each clip is one example, the mean over its segments
   * @param maxFalseAlarmsPerHour for each class; none for the thresholds of the best F1
   */
  public HeadRun(
      HeadRequest request,
      Dataset dataset,
      boolean averaged,
      OptionalDouble maxFalseAlarmsPerHour,
      Listener listener) {
    this.request = request;
    this.dataset = dataset;
    this.averaged = averaged;
    this.maxFalseAlarmsPerHour = maxFalseAlarmsPerHour;
    this.listener = listener;
    this.seeds = new SplittableRandom(request.seed());
    this.classes = Classes.of(dataset.labels());
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
    long drawn = seeds.split().nextLong();
    Material material = heard(request.backbone(), drawn);
    CrossValidation folds =
        new CrossValidation(
            material,
            ofFolds(material, drawn),
            classes,
            request.trainer(),
            seeds.split().nextLong(),
            listener);
    List<JudgedClip> raw = folds.judge();
    Calibration lines = Calibration.fit(classes.labels(), raw);
    DenseHead head = folds.train().calibrated(lines.scales(), lines.shifts());
    new HeadCheck(head, classes.examples(material.of(material.folds().get(0))).inputs()).onnx();
    List<JudgedClip> judged = Calibration.acrossFolds(classes.labels(), raw);
    ClassThresholds choice = new ClassThresholds(classes, judged, maxFalseAlarmsPerHour);
    float[] thresholds = choice.above(noise(head));
    return written(head, thresholds, judged, material, choice.notes(), packagesDirectory);
  }

  /** What the backbones of the folds hear. */
  private Map<Integer, Material> ofFolds(Material material, long seed)
      throws DatasetException, PackageException {
    Map<Integer, Material> ofFolds = new HashMap<>();
    if (!request.foldBackbones().isEmpty()) {
      checkUnmoved(material);
    }
    for (Map.Entry<Integer, ModelPackage> fold : request.foldBackbones().entrySet()) {
      ofFolds.put(fold.getKey(), heard(fold.getValue(), seed));
    }
    return ofFolds;
  }

  /** A backbone that has not learnt from a fold has learnt from a clip that came into it since. */
  private void checkUnmoved(Material material) throws DatasetException {
    Map<String, Integer> foldOf =
        dataset.files().stream().collect(Collectors.toMap(LabelledFile::name, LabelledFile::fold));
    for (Clip clip : material.clips()) {
      if (foldOf.get(clip.name()) != clip.fold()) {
        throw new DatasetException(
            "Without the %d files that were skipped the folds are others than those of the folds' backbones, such as that of %s. Take those files away and train the backbones again"
                .formatted(material.skipped().size(), clip.name()));
      }
    }
  }

  private Material heard(ModelPackage backbone, long seed)
      throws DatasetException, PackageException {
    try (SegmentNetwork network = SegmentNetwork.embedding(backbone)) {
      Material heard = Material.gather(dataset, embedder(network), seed, listener);
      return averaged ? heard.averaged() : heard;
    }
  }

  private ClipEmbedder embedder(SegmentNetwork network) {
    return new ClipEmbedder(network, request.reader(), new EmbeddingCache(request.cache()));
  }

  private Taught written(
      DenseHead head,
      float[] thresholds,
      List<JudgedClip> judged,
      Material material,
      List<String> warnings,
      Path packagesDirectory)
      throws PackageException {
    listener.begins("Writing the report");
    double hop = request.backbone().hop().toMillis() / 1000.0;
    ClipEvaluation evaluation =
        new ClipEvaluation(classes.labels(), classes.background(), thresholds, judged, hop);
    List<String> notes = new ArrayList<>(notes(material));
    notes.addAll(warnings);
    ClipReport report =
        new ClipReport(request.name(), evaluation, request.settings(), notes, material.skipped());
    HeadPackage made = new HeadPackage(request);
    PackageContent content =
        made.content(classes.labels(), thresholds, head)
            .background(Classes.BACKGROUND)
            .accuracy(HeadCard.accuracy(evaluation, "clips"))
            .card(HeadCard.markdown(request, evaluation));
    if (!averaged) {
      // A stream's segments are judged one by one, and so must these have been.
      content.distribution(OwnScores.of(classes.labels(), classes.background(), judged));
    }
    long seed = seeds.split().nextLong();
    Path directory =
        made.write(
            content,
            report,
            material::samples,
            packagesDirectory,
            staged -> {
              TrialRun.of(staged);
              NoiseCheck.check(staged, seed);
            });
    return new Taught(directory, material.skipped(), warnings, report.summary());
  }

  private List<String> notes(Material material) {
    List<String> notes = new ArrayList<>(material.notes());
    notes.add(
        "Each clip was judged by a head that had not learnt from its fold, calibrated on the other folds."
            + " The thresholds were chosen on all of these clips");
    notes.add(
        !request.foldBackbones().keySet().containsAll(material.folds())
            ? "The backbone was the same for all folds or some: if it has itself learnt from these clips, the numbers are too good"
            : "The backbone of each fold had not learnt from it either");
    if (averaged) {
      notes.add(
          "Each clip was judged by the mean of its features. In a stream every segment is judged by itself, so these numbers say less of streams");
    }
    return notes;
  }

  /** The highest score of each class in each of many noises that were not learnt from. */
  private List<float[]> noise(DenseHead head) throws PackageException {
    List<MadeNoise> noises = MadeNoise.draw(NOISES, seeds.split().nextLong());
    try (SegmentNetwork network = SegmentNetwork.embedding(request.backbone())) {
      ClipEmbedder embedder = embedder(network);
      return embedder.each(
          "Playing noise",
          noises,
          noise -> highest(head, embedder.made(noise.toString(), noise::samples)),
          listener);
    }
  }

  private static float[] highest(DenseHead head, EmbeddedClip noise) {
    float[] highest = new float[head.outputs()];
    for (float[] embedding : noise.embeddings()) {
      float[] scores = Classes.scores(head, embedding);
      for (int i = 0; i < highest.length; i++) {
        highest[i] = Math.max(highest[i], scores[i]);
      }
    }
    return highest;
  }
}
