package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.head.DenseHead;
import io.earshot.models.head.DenseLayer;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head drawn by chance behind the backbone that Earshot brings, and heads on heads. */
class HeadPackageTest {
  private static final List<String> LABELS = List.of("one", "two", "background");
  private static final float[] THRESHOLDS = {0.5f, 0.25f, 0.5f};

  @TempDir Path packages;

  private static DenseHead drawn(int inputs) {
    SplittableRandom random = new SplittableRandom(1);
    return new DenseHead(List.of(layer(random, inputs, 8), layer(random, 8, LABELS.size())));
  }

  private static DenseLayer layer(SplittableRandom random, int inputs, int outputs) {
    float[] weights = new float[inputs * outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
    }
    return new DenseLayer(inputs, outputs, weights, new float[outputs]);
  }

  private ModelPackage write(String name, String licence, ModelPackage backbone, DenseHead head)
      throws PackageException {
    HeadRequest request =
        new HeadRequest(
            name, licence, backbone, Map.of(), null, null, null, null, 1, Map.of(), "train");
    return ModelPackage.load(
        PackageWriter.write(
            new HeadPackage(request).content(LABELS, THRESHOLDS, head).card("# test\n"),
            packages,
            staged -> {}));
  }

  @Test
  void theEmbeddingIsTheBackbonesBitForBitAndTheScoresAreTheHeads() throws Exception {
    ModelPackage base = ModelPackage.load(Path.of("packages", "base"));
    DenseHead head = drawn(128);
    ModelPackage model = write("head", "CC0-1.0", base, head);
    float[] noise = MadeNoise.draw(5, 1).get(3).samples();
    List<float[]> expected = heard(SegmentNetwork.embedding(base), noise);
    List<float[]> embeddings = heard(SegmentNetwork.embedding(model), noise);
    List<float[]> scores = heard(SegmentNetwork.scores(model, model.hop()), noise);
    assertThat(expected).hasSize(5);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(embeddings.get(i)).isEqualTo(expected.get(i));
      float[] logits = head.logits(expected.get(i));
      for (int label = 0; label < LABELS.size(); label++) {
        double sigmoid = 1 / (1 + Math.exp(-logits[label]));
        assertThat((double) scores.get(i)[label]).isCloseTo(sigmoid, within(1e-5));
      }
    }
    assertThat(model.thresholds()).isEqualTo(THRESHOLDS);
    assertThat(model.frontEnd()).isEqualTo(base.frontEnd());
    assertThat(model.hop()).isEqualTo(base.hop());
  }

  @Test
  void aHeadsPackageIsABackboneItself() throws Exception {
    ModelPackage mfcc = MfccPackage.write(packages);
    ModelPackage first = write("first", "CC0-1.0", mfcc, drawn(40));
    ModelPackage second = write("second", "MIT", first, drawn(40));
    assertThat(second.manifest().backbone().name()).isEqualTo("first");
    assertThat(second.manifest().licence()).isEqualTo("CC0-1.0 AND GPL-3.0-or-later AND MIT");
    float[] noise = MadeNoise.draw(5, 1).get(2).samples();
    assertThat(heard(SegmentNetwork.scores(second, second.hop()), noise).get(0))
        .isEqualTo(heard(SegmentNetwork.scores(first, first.hop()), noise).get(0));
  }

  @Test
  void aChoiceOfLicencesStaysOne() throws Exception {
    ModelPackage mfcc = MfccPackage.write(packages);
    assertThat(write("head", "MIT OR CC0-1.0", mfcc, drawn(40)).manifest().licence())
        .isEqualTo("(MIT OR CC0-1.0) AND GPL-3.0-or-later");
    assertThat(write("head", "GPL-3.0-or-later", mfcc, drawn(40)).manifest().licence())
        .isEqualTo("GPL-3.0-or-later");
  }

  /** The same patch gives the same values whatever is in its batch. */
  @Test
  void aSegmentIsHeardTheSameAloneAndAmongOthers() throws Exception {
    ModelPackage base = ModelPackage.load(Path.of("packages", "base"));
    float[] noise = MadeNoise.draw(5, 1).get(3).samples();
    float[] beginning = Arrays.copyOf(noise, 15_600);
    assertThat(heard(SegmentNetwork.embedding(base), beginning).get(0))
        .isEqualTo(heard(SegmentNetwork.embedding(base), noise).get(0));
  }

  private static List<float[]> heard(SegmentNetwork network, float[] samples) {
    try (network) {
      return network.hear(samples).embeddings();
    }
  }
}
