package io.earshot.models.transfer;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.FloatBuffer;
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
    LogMel logMel = new LogMel(model.frontEnd().logOffset());
    try (Network network = Network.open(model, new NetworkOptions(Provider.CPU, 0))) {
      for (MadeNoise noise : MadeNoise.draw(SOUNDS, seed)) {
        int hopMillis = (int) model.hop().toMillis();
        SegmentedClip clip = SegmentedClip.of(noise.samples(), logMel, hopMillis);
        for (float[] patch : clip.patches()) {
          check(model, noise, scores(network, patch));
        }
      }
    }
  }

  private static float[] scores(Network network, float[] patch) {
    FloatBuffer out = Network.buffer(network.classes());
    network.score(Network.buffer(patch.length).put(patch), 1, out);
    float[] scores = new float[network.classes()];
    out.get(0, scores);
    return scores;
  }

  private static void check(ModelPackage model, MadeNoise noise, float[] scores)
      throws PackageException {
    List<String> labels = model.labels();
    for (int i = 0; i < scores.length; i++) {
      if (i != model.background().orElse(-1) && scores[i] >= model.threshold(i)) {
        throw new PackageException(
            String.format(
                Locale.ROOT,
                "No package was written: it would hear \"%s\" in made %s (score %.3f, threshold %.3f)."
                    + " Give it such sounds, or those of your place, as a folder \"background\", or better clips of %s",
                labels.get(i),
                noise.words(),
                scores[i],
                model.threshold(i),
                labels.get(i)));
      }
    }
  }
}
