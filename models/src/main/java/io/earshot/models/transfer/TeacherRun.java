package io.earshot.models.transfer;

import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.evaluate.ClipEvaluation;
import io.earshot.models.evaluate.ClipReport;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.head.DenseHead;
import io.earshot.models.head.Examples;
import io.earshot.models.head.HeadCheck;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From recordings without labels to a head that gives another model's labels: what the teacher
 * scores in each segment is what the head learns to foretell from the backbone's embedding.
 *
 * <pre>{@code
 * Taught taught = new TeacherRun(request, files, yamnet, listener).write(Path.of("models/packages"));
 * }</pre>
 *
 * <p>Source: Hinton et al., "Distilling the Knowledge in a Neural Network" (2015).
 */
public final class TeacherRun {
  /** The fold that is judged by, and the one that tells when to stop. */
  private static final int JUDGED = 1;

  private static final int HELD_OUT = 2;
  private static final int NONE = 0;

  /** How many folds the files must be dealt to. */
  public static final int FOLDS = 5;

  private final HeadRequest request;
  private final List<LabelledFile> files;
  private final ModelPackage teacher;
  private final Listener listener;

  /**
   * @param files in {@link #FOLDS} folds
   * @param teacher a package with scores
   */
  public TeacherRun(
      HeadRequest request, List<LabelledFile> files, ModelPackage teacher, Listener listener) {
    this.request = request;
    this.files = List.copyOf(files);
    this.teacher = teacher;
    this.listener = listener;
  }

  /**
   * Runs all of it.
   *
   * @throws DatasetException too few recordings can be read
   * @throws PackageException backbone and teacher do not fit, or the package cannot be written
   */
  public Taught write(Path packagesDirectory)
      throws DatasetException, PackageException, InterruptedException {
    if (!teacher.hop().equals(request.backbone().hop())) {
      throw new PackageException(
          "%s cannot teach %s: its hop is %d ms, not %d ms"
              .formatted(
                  teacher.name(),
                  request.backbone().name(),
                  teacher.hop().toMillis(),
                  request.backbone().hop().toMillis()));
    }
    Map<String, String> skipped = new TreeMap<>();
    List<Lesson> lessons = lessons(skipped);
    DenseHead judgedHead = train(lessons, JUDGED, "Training without a fifth");
    List<JudgedClip> judged =
        lessons.stream()
            .filter(lesson -> lesson.clip().fold() == JUDGED)
            .flatMap(lesson -> lesson.stretches(judgedHead, teacher).stream())
            .toList();
    checkHeard(judged);
    DenseHead head = train(lessons, NONE, "Training for the package");
    new HeadCheck(head, lessons.get(0).clip().sound().embeddings()).onnx();
    return written(head, judged, lessons, skipped, packagesDirectory);
  }

  private void checkHeard(List<JudgedClip> judged) throws DatasetException {
    String background = teacher.manifest().background();
    if (judged.stream()
        .flatMap(stretch -> stretch.labels().stream())
        .allMatch(label -> label.equals(background))) {
      throw new DatasetException(
          "%s hears none of its labels in the fifth of the recordings that is judged by; more recordings are needed, or others"
              .formatted(teacher.name()));
    }
  }

  private List<Lesson> lessons(Map<String, String> skipped)
      throws DatasetException, PackageException {
    List<Lesson> lessons = new ArrayList<>();
    Map<String, EmbeddedClip> taught = new HashMap<>();
    for (Clip clip : heard(SegmentNetwork.scores(teacher, teacher.hop()), skipped)) {
      taught.put(clip.name(), clip.sound());
    }
    List<Clip> clips = heard(SegmentNetwork.embedding(request.backbone()), skipped);
    Map<String, String> copies = Duplicates.of(clips);
    copies.forEach((name, kept) -> skipped.put(name, "has the content of " + kept));
    clips.stream()
        .filter(clip -> taught.containsKey(clip.name()) && !copies.containsKey(clip.name()))
        .forEach(clip -> lessons.add(new Lesson(clip, taught.get(clip.name()).embeddings())));
    for (int fold = 1; fold <= FOLDS; fold++) {
      int needed = fold;
      if (lessons.stream().noneMatch(lesson -> lesson.clip().fold() == needed)) {
        throw new DatasetException("Too few of the recordings can be read: " + lessons.size());
      }
    }
    return lessons;
  }

  private List<Clip> heard(SegmentNetwork network, Map<String, String> skipped) {
    try (network) {
      ClipEmbedder embedder =
          new ClipEmbedder(network, request.reader(), new EmbeddingCache(request.cache()));
      List<Clip> clips = embedder.embed(files, listener);
      embedder.skipped().forEach((file, reason) -> skipped.put(file.name(), reason));
      return clips;
    }
  }

  private DenseHead train(List<Lesson> lessons, int leftOut, String what)
      throws InterruptedException {
    listener.begins(what);
    return request
        .trainer()
        .train(
            examples(
                lessons.stream()
                    .filter(l -> l.clip().fold() != leftOut && l.clip().fold() != HELD_OUT)
                    .toList()),
            examples(lessons.stream().filter(l -> l.clip().fold() == HELD_OUT).toList()),
            listener::step);
  }

  private static Examples examples(List<Lesson> lessons) {
    return new Examples(
        lessons.stream().flatMap(lesson -> lesson.clip().sound().embeddings().stream()).toList(),
        lessons.stream().flatMap(lesson -> lesson.scores().stream()).toList());
  }

  private float[] samples(List<Lesson> lessons, String stretch) throws IOException {
    for (Lesson lesson : lessons) {
      float[] samples = lesson.samples(stretch, teacher.hop().toMillis() / 1000.0);
      if (samples != null) {
        return samples;
      }
    }
    throw new IOException(stretch + ": no such stretch");
  }

  private Taught written(
      DenseHead head,
      List<JudgedClip> judged,
      List<Lesson> lessons,
      Map<String, String> skipped,
      Path packagesDirectory)
      throws PackageException {
    listener.begins("Writing the report");
    double hop = teacher.hop().toMillis() / 1000.0;
    int background = teacher.background().orElse(-1);
    ClipEvaluation evaluation =
        new ClipEvaluation(teacher.labels(), background, teacher.thresholds(), judged, hop);
    List<String> notes =
        List.of(
            "Labels and thresholds are those of %s. What is judged are stretches of about 10 s of a fifth of the recordings, which the head had not learnt from; the labels of a stretch are those that %s raises in it"
                .formatted(teacher.name(), teacher.name()),
            "Each folder of recordings is divided in the order of their names, so that parts of one recording mostly stay together if they are named alike. A fifth tells when to stop and is never learnt from",
            "No noise was played to the package: the teacher's thresholds are taken as they are");
    ClipReport report =
        new ClipReport(request.name(), evaluation, request.settings(), notes, skipped);
    HeadPackage made = new HeadPackage(request);
    PackageContent content =
        made.content(teacher.labels(), teacher.thresholds(), head)
            .accuracy(HeadCard.accuracy(evaluation, "stretches of 10 s against " + teacher.name()))
            .card(HeadCard.markdown(request, evaluation, teacher.manifest()));
    teacher.background().ifPresent(index -> content.background(teacher.labels().get(index)));
    Path directory =
        made.write(
            content, report, name -> samples(lessons, name), packagesDirectory, TrialRun::of);
    // Of hundreds of labels the report tells; the first two lines are of all together.
    return new Taught(directory, skipped, List.of(), report.summary().subList(0, 2));
  }
}
