package io.earshot.models.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.dataset.DatasetException;
import io.earshot.models.onnx.OnnxAttribute;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.Quantised;
import io.earshot.models.transfer.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small networks on noises whose files hold nothing: a file's sound follows from its name. */
class QuantizeRunTest {
  private static final Listener QUIET =
      new Listener() {
        @Override
        public void begins(String what) {}

        @Override
        public void step(long step, long steps) {}
      };

  @TempDir Path folder;
  private Path packages;
  private Path clips;

  @BeforeEach
  void writeClips() throws Exception {
    packages = Files.createDirectories(folder.resolve("packages"));
    clips = folder.resolve("clips");
    for (String label : List.of("dog", "cat")) {
      Files.createDirectories(clips.resolve(label));
      for (int i = 0; i < 10; i++) {
        Files.createFile(clips.resolve(label).resolve(i + ".wav"));
      }
    }
  }

  private static float[] noise(Path file) throws IOException {
    if (file.endsWith("dog/3.wav")) {
      throw new IOException(file + ": is no sound");
    }
    String name = file.getParent().getFileName() + "/" + file.getFileName();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    double level = Math.pow(10, -2 * random.nextDouble());
    return SmallNetwork.values(random, 32_000, level);
  }

  private QuantizeRequest request(ModelPackage model, Ranges ranges) throws DatasetException {
    return new QuantizeRequest(
        model,
        "small-int8",
        CalibrationClips.in(clips),
        Map.of("dog", "dog", "cat", "cat"),
        ranges,
        QuantizeRunTest::noise,
        folder,
        "./earshot models quantize small");
  }

  private QuantizeRun.Written run(ModelPackage model, Ranges ranges) throws Exception {
    return new QuantizeRun(request(model, ranges), QUIET).write(packages);
  }

  @Test
  void allElseIsTakenFromThePackage() throws Exception {
    ModelPackage small = SmallNetwork.write(packages);
    QuantizeRun.Written written = run(small, Ranges.percentile(99.99));
    ModelPackage model = ModelPackage.load(written.directory());
    TrialRun.of(model);
    assertThat(written.directory()).isEqualTo(packages.resolve("small-int8"));
    assertThat(written.skipped()).isEqualTo(Map.of("dog/3.wav", "is no sound"));
    assertThat(model.name()).isEqualTo("small-int8");
    assertThat(model.version()).isEqualTo("3");
    assertThat(model.labels()).isEqualTo(small.labels());
    assertThat(model.thresholds()).isEqualTo(small.thresholds());
    assertThat(model.background()).isEqualTo(small.background());
    assertThat(model.hop()).isEqualTo(small.hop());
    assertThat(model.frontEnd()).isEqualTo(small.frontEnd());
    assertThat(model.manifest().licence()).isEqualTo("CC0-1.0");
    assertThat(model.accuracy().orElseThrow().of()).isEqualTo("12 clips; of small");
    assertThat(Files.readString(written.directory().resolve("card.md")))
        .contains("small 3 with 3 layers computed in integers", "Random numbers.");
  }

  /**
   * Four of twenty clips are held out; each of two seconds has four segments of 480 ms and more.
   */
  @Test
  void theManifestSaysWhatWasCompared() throws Exception {
    ModelPackage small = SmallNetwork.write(packages);
    ModelPackage model = ModelPackage.load(run(small, Ranges.entropy()).directory());
    Quantised quantised = model.manifest().quantised();
    assertThat(quantised.from()).isEqualTo(small.identity());
    assertThat(quantised.method()).contains("ranges by entropy");
    Quantised.Comparison compared = quantised.comparison();
    assertThat(compared.vector()).isEqualTo("embedding");
    assertThat(compared.clips()).isBetween(3, 4);
    assertThat(compared.patches()).isEqualTo(compared.clips() * 3);
    assertThat(compared.cosine()).isBetween(Quantised.LEAST_COSINE, 1.0);
    assertThat(compared.lowestCosine()).isBetween(0.9, compared.cosine());
    assertThat(compared.accuracy().of()).isEqualTo("19 clips of 2 labels");
    assertThat(compared.speedup()).isPositive();
  }

  /** Half of the values are cut off: that is another network. */
  @Test
  void aNetworkThatIsTooFarOffIsNotWritten() throws Exception {
    ModelPackage small = SmallNetwork.write(packages);
    assertThatThrownBy(() -> run(small, Ranges.percentile(50.1)))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("small-int8 is not written: cosine: 0.")
        .hasMessageContaining(" is below 0.995")
        .hasMessageNotContaining("\n");
    assertThat(packages).isDirectoryContaining("glob:**/small");
    try (var left = Files.list(packages)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aQuantisedPackageIsNotQuantisedAgain() throws Exception {
    ModelPackage small = SmallNetwork.write(packages);
    ModelPackage once = ModelPackage.load(run(small, Ranges.minMax()).directory());
    assertThatThrownBy(() -> run(once, Ranges.minMax()))
        .isInstanceOf(PackageException.class)
        .hasMessage("Model package small-int8: is quantised already");
  }

  @Test
  void aNetworkThatComputesNoNumbersIsNamed() throws Exception {
    OnnxGraph graph =
        new OnnxGraph("wild")
            .input("patches", 96, 64)
            .constant("axis", 1)
            .constant("w", new float[] {Float.POSITIVE_INFINITY}, 1, 1, 1, 1)
            .constant("v", new float[96 * 64 * 8], 96 * 64, 8)
            .constant("h", new float[24], 8, 3)
            .node("Unsqueeze", List.of("patches", "axis"), "image")
            .node("Conv", List.of("image", "w"), "conv")
            .node("Flatten", List.of("conv"), "flat", OnnxAttribute.integer("axis", 1))
            .node("MatMul", List.of("flat", "v"), "embedding")
            .node("MatMul", List.of("embedding", "h"), "scores")
            .output("embedding", 8)
            .output("scores", 3);
    ModelPackage wild = SmallNetwork.write(packages, SmallNetwork.content("wild", graph));
    assertThatThrownBy(() -> run(wild, Ranges.minMax()))
        .isInstanceOf(PackageException.class)
        .hasMessageMatching("Model package wild: tensor conv computes (-?Infinity|NaN)");
  }

  @Test
  void clipsThatCannotBeReadAreTooFew() throws Exception {
    QuantizeRequest readable = request(SmallNetwork.write(packages), Ranges.minMax());
    QuantizeRequest unreadable =
        new QuantizeRequest(
            readable.model(),
            readable.name(),
            readable.clips(),
            Map.of(),
            readable.ranges(),
            file -> new float[0],
            folder,
            readable.command());
    assertThatThrownBy(() -> new QuantizeRun(unreadable, QUIET).write(packages))
        .isInstanceOf(DatasetException.class)
        .hasMessage("Too little can be heard of the clips: 0 patches, at least 5 are needed");
  }
}
