package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomVggishTest {
  @TempDir Path packages;

  @Test
  void aPackageOfVggishsSizeWhoseScoresDependOnTheSound() throws Exception {
    Path written = RandomVggish.write(packages);
    // Six convolutions, three dense layers and the head, counted by hand from VGGish's paper.
    long weights =
        9L * (64 + 64 * 128 + 128 * 256 + 256 * 256 + 256 * 512 + 512 * 512)
            + 12_288L * 4096
            + 4096L * 4096
            + 4096 * 128
            + 128 * 16;
    assertThat(Files.size(written.resolve("network.onnx")))
        .isBetween(4 * weights, 4 * weights + 100_000);
    FloatBuffer patches = Network.buffer(2 * 96 * 64);
    for (int i = 0; i < 96 * 64; i++) {
      patches.put(i, -4);
    }
    FloatBuffer scores = Network.buffer(2 * 16);
    try (Network network =
        Network.open(ModelPackage.load(written), new NetworkOptions(Provider.CPU, 0))) {
      network.score(patches, 2, scores);
    }
    float difference = 0;
    for (int i = 0; i < 16; i++) {
      assertThat(scores.get(i)).isBetween(0f, 1f);
      difference = Math.max(difference, Math.abs(scores.get(i) - scores.get(16 + i)));
    }
    assertThat(difference).isGreaterThan(0.1f);
  }
}
