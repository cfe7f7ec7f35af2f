package io.earshot.models.quantize;

import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.pack.Manifest.NetworkFile;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.Quantised;
import io.earshot.models.transfer.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a quantised package with the one it was made of: closeness on the clips held out,
 * accuracy on all clips that have one label which the package has, speed on a few of the patches.
 */
final class NetworkComparison {
  /** Of a clip of a minute that is all; of longer ones, some from all over. */
  private static final int PATCHES_OF_A_CLIP = 60;

  private static final int SPEED_PATCHES = 16;

  private final ModelPackage model;
  private final ModelPackage quantised;
  private final Closeness closeness = new Closeness();
  private final ScoreDifference difference = new ScoreDifference();
  private final LabelAccuracy accuracy;
  private final List<float[]> some = new ArrayList<>();
  private int heard;

  NetworkComparison(ModelPackage model, ModelPackage quantised, Map<String, String> labels) {
    this.model = model;
    this.quantised = quantised;
    this.accuracy = new LabelAccuracy(model, labels);
  }

  /**
   * Runs both.
   *
   * @throws DatasetException none of the clips held out can be read
   */
  Quantised.Comparison run(CalibrationClips clips, ClipPatches patches, Listener listener)
      throws PackageException, DatasetException {
    listener.begins("Comparing");
    try (BothNetworks networks = BothNetworks.open(model, quantised)) {
      long done = 0;
      for (LabelledFile clip : clips.all()) {
        if (clips.isHeldOut(clip) || accuracy.judges(clip)) {
          add(networks, clip, clips.isHeldOut(clip), patches.of(clip, PATCHES_OF_A_CLIP));
        }
        listener.step(++done, clips.all().size());
      }
    }
    if (heard == 0) {
      throw new DatasetException("None of the clips to compare the networks on can be read");
    }
    return result(Speedup.of(model, quantised, some));
  }

  private void add(
      BothNetworks networks, LabelledFile clip, boolean heldOut, List<float[]> patches) {
    if (patches.isEmpty()) {
      return;
    }
    Optional<BothNetworks.Answers> scores = networks.scores(patches);
    if (accuracy.judges(clip)) {
      scores.ifPresent(it -> accuracy.add(clip, it.before(), it.after()));
    }
    if (heldOut) {
      heard++;
      some.addAll(patches.subList(0, Math.min(patches.size(), SPEED_PATCHES - some.size())));
      networks.embeddings(patches).or(() -> scores).ifPresent(this::addVectors);
      scores.ifPresent(this::addScores);
    }
  }

  private void addVectors(BothNetworks.Answers vectors) {
    for (int i = 0; i < vectors.before().size(); i++) {
      closeness.add(vectors.before().get(i), vectors.after().get(i));
    }
  }

  private void addScores(BothNetworks.Answers scores) {
    for (int i = 0; i < scores.before().size(); i++) {
      difference.add(scores.before().get(i), scores.after().get(i));
    }
  }

  private Quantised.Comparison result(double speedup) {
    return new Quantised.Comparison(
        heard,
        closeness.count(),
        model.embeddingSize().isPresent() ? NetworkFile.EMBEDDING : NetworkFile.SCORES,
        Rounded.down(closeness.mean()),
        Rounded.down(closeness.lowest()),
        model.hasScores() ? difference.result() : null,
        accuracy.result(),
        Math.round(speedup * 100) / 100.0);
  }
}
