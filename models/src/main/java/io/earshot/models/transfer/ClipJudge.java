package io.earshot.models.transfer;

import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays labelled clips to a finished package, as the detector would.
 *
 * <pre>{@code
 * ClipJudge judge = new ClipJudge(model, model.hop(), Map.of("dogs", "dog_bark"));
 * List<JudgedClip> judged = judge.judge(files, reader, cache, listener);
 * }</pre>
 */
public final class ClipJudge {
  private final ModelPackage model;
  private final Duration hop;
  private final Map<String, String> names;
  private final List<String> labels;
  private final Map<String, String> skipped = new TreeMap<>();

  /**
   * @param hop from one segment to the next
   * @param names what the model calls each label of the clips
   */
  public ClipJudge(ModelPackage model, Duration hop, Map<String, String> names) {
    this.model = model;
    this.hop = hop;
    this.names = Map.copyOf(names);
    this.labels = names.values().stream().distinct().sorted().toList();
  }

  /** The model's labels that are judged, in the order of the judged clips' scores. */
  public List<String> labels() {
    return labels;
  }

  /** The model's threshold of each of the {@link #labels}. */
  public float[] thresholds() {
    float[] thresholds = new float[labels.size()];
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = model.threshold(model.labels().indexOf(labels.get(i)));
    }
    return thresholds;
  }

  /** Name of each file that could not be heard, and why. */
  public Map<String, String> skipped() {
    return new TreeMap<>(skipped);
  }

  /**
   * Scores the clips, of no fold, by the {@link #labels} alone.
   *
   * @param cache folder of what was computed before
   * @throws PackageException the package does not run
   */
  public List<JudgedClip> judge(
      List<LabelledFile> files, SoundReader reader, Path cache, Listener listener)
      throws PackageException {
    try (SegmentNetwork network = SegmentNetwork.scores(model, hop)) {
      ClipEmbedder embedder = new ClipEmbedder(network, reader, new EmbeddingCache(cache));
      List<Clip> clips = embedder.embed(files, listener);
      embedder.skipped().forEach((file, reason) -> skipped.put(file.name(), reason));
      return clips.stream().map(this::judged).toList();
    }
  }

  private JudgedClip judged(Clip clip) {
    int[] indices = labels.stream().mapToInt(model.labels()::indexOf).toArray();
    EmbeddedClip sound = clip.sound();
    return new JudgedClip(
        clip.name(),
        clip.labels().stream().map(names::get).distinct().toList(),
        0,
        sound.seconds(),
        sound.embeddings().stream().map(scores -> chosen(scores, indices)).toList(),
        sound.levels());
  }

  private static float[] chosen(float[] scores, int[] indices) {
    float[] chosen = new float[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = scores[indices[i]];
    }
    return chosen;
  }
}
