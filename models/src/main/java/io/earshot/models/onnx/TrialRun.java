package io.earshot.models.onnx;

import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.FloatBuffer;
import java.util.function.Predicate;

/**
 * Runs the network of a package once, on a patch of silence.
 *
 * <pre>{@code
 * ModelPackage model = ModelPackage.load(directory); // digests, manifest, labels
 * TrialRun.of(model);                                // shapes, and that it computes numbers
 * }</pre>
 */
public final class TrialRun {

  private TrialRun() {}

  /**
   * Opens the network on the CPU, runs every output that the package has, and closes it.
   *
   * @throws PackageException the network does not fit the package, does not run, scores beyond 0..1
   *     or embeds in something that is no number
   */
  public static void of(ModelPackage model) throws PackageException {
    FloatBuffer patch = silence(model.frontEnd());
    try (Network network = Network.open(model, new NetworkOptions(Provider.CPU, 1))) {
      if (model.hasScores()) {
        FloatBuffer scores = Network.buffer(model.classes());
        network.score(patch, 1, scores);
        check(model, "scores", scores, value -> value >= 0 && value <= 1);
      }
      if (model.embeddingSize().isPresent()) {
        FloatBuffer embedding = Network.buffer(model.embeddingSize().getAsInt());
        network.embed(patch, 1, embedding);
        check(model, "embeds", embedding, Float::isFinite);
      }
    } catch (ModelException e) {
      throw new PackageException(
          "Model package %s: %s does not run: %s"
              .formatted(model.directory(), model.network().getFileName(), e.getMessage()),
          e);
    }
  }

  private static FloatBuffer silence(FrontEnd frontEnd) {
    FloatBuffer patch = Network.buffer(frontEnd.frames() * frontEnd.bands());
    for (int i = 0; i < patch.capacity(); i++) {
      patch.put(i, (float) Math.log(frontEnd.logOffset()));
    }
    return patch;
  }

  private static void check(
      ModelPackage model, String does, FloatBuffer values, Predicate<Float> sound)
      throws PackageException {
    for (int i = 0; i < values.capacity(); i++) {
      float value = values.get(i);
      if (!sound.test(value)) {
        throw new PackageException(
            "Model package %s: %s %s %s on silence"
                .formatted(model.directory(), model.network().getFileName(), does, value));
      }
    }
  }
}
