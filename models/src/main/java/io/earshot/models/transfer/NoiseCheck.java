package io.earshot.models.transfer;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.util.List;
import java.util.Locale;

/**
 * Plays made silence and noise to a finished package: no class may reach its threshold.
 *
 * <p>The noise is drawn anew; none of it was learnt from or used to choose a threshold.
 */
final class NoiseCheck {
  private static final int SOUNDS = 8 * MadeNoise.KINDS.size();

  private NoiseCheck() {}

  /**
   * @throws PackageException the class that would be raised, by what, and what to do
   */
  static void check(ModelPackage model, long seed) throws PackageException {
    try (SegmentNetwork network = SegmentNetwork.scores(model, model.hop())) {
      for (MadeNoise noise : MadeNoise.draw(SOUNDS, seed)) {
        for (float[] scores : network.hear(noise.samples()).embeddings()) {
          check(model, noise, scores);
        }
      }
    }
  }

  private static void check(ModelPackage model, MadeNoise noise, float[] scores)
      throws PackageException {
    List<String> labels = model.labels();
    for (int i = 0; i < scores.length; i++) {
      if (i != model.background().orElse(-1) && scores[i] >= model.threshold(i)) {
        throw refused(
            labels.get(i),
            String.format(
                Locale.ROOT,
                "would be heard in made %s (score %.3f, threshold %.3f)",
                noise.words(),
                scores[i],
                model.threshold(i)));
      }
    }
  }

  /** What is wrong with a class, and what to do. */
  static PackageException refused(String label, String problem) {
    return new PackageException(
        "No package was written: \"%s\" %s. Give it such noise, or the sounds of your place, in a folder \"background\", or better clips of %s"
            .formatted(label, problem, label));
  }
}
