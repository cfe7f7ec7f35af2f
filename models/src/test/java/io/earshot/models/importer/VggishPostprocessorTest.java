package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.SharedData;
import io.earshot.models.pack.PackageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VggishPostprocessorTest {

  private static final Path PARAMETERS = SharedData.file("models/vggish/vggish_pca_params.npz");

  @TempDir Path directory;

  @Test
  void theReleasedFormIsThatOfTheOriginal() throws Exception {
    SineGolden golden = SineGolden.read();
    assertThat(VggishPostprocessor.read(PARAMETERS).apply(golden.embedding()))
        .hasSize(128)
        .isEqualTo(golden.postprocessed());
  }

  @Test
  void anotherFileIsRefused() {
    assertRefused(
        SharedData.file("models/yamnet/yamnet.tflite"),
        "yamnet.tflite holds no array pca_eigen_vectors");
    assertRefused(SharedData.file("golden/dog.wav"), "dog.wav cannot be read: ZipException");
    assertRefused(directory.resolve("none.npz"), "none.npz cannot be read: NoSuchFileException");
  }

  @Test
  void missingAndWrongParametersAreNamed() throws Exception {
    Path file = directory.resolve("pca.npz");
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.add(
          "pca_eigen_vectors",
          1,
          NpzWriter.header("<f4", false, "(128, 128)"),
          new byte[128 * 128 * 4]);
    }
    assertRefused(file, "pca.npz holds no array pca_means");
  }

  @Test
  void damageIsReadOrRefused() throws Exception {
    byte[] sound = Files.readAllBytes(PARAMETERS);
    Path file = directory.resolve("pca.npz");
    int refused = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] damaged =
          random.nextBoolean() ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
      if (damaged.length == sound.length) {
        damaged[random.nextInt(sound.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.deleteIfExists(file);
      Files.write(file, damaged);
      try {
        VggishPostprocessor.read(file);
      } catch (PackageException e) {
        assertThat(e.getMessage()).startsWith("pca.npz ").doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> VggishPostprocessor.read(file))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }
}
