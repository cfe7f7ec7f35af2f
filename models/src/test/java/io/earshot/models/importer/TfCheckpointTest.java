package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.SharedData;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that TensorFlow wrote, and some that it would write. */
class TfCheckpointTest {

  @TempDir Path directory;

  /** Two small dense networks with their optimiser's moments. */
  @Test
  void everyTensorIsListedWithItsShape() throws Exception {
    List<String> expected = new ArrayList<>();
    layers(expected, "policy", 6, 6, 3);
    layers(expected, "value", 6, 6, 6, 1);
    for (String network : List.of("policy", "value")) {
      expected.add(network + "/beta1_power []");
      expected.add(network + "/beta2_power []");
    }
    try (TfCheckpoint checkpoint = open("acrobot.ckpt")) {
      assertThat(checkpoint.tensors())
          .allMatch(tensor -> tensor.type().equals("float32") && tensor.slices() == 1)
          .extracting(tensor -> tensor.name() + " " + tensor.shape())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static void layers(List<String> names, String network, int... sizes) {
    for (int i = 1; i < sizes.length; i++) {
      String layer = network + "/Stack/fully_connected_" + i;
      String biases = " [" + sizes[i] + "]";
      String weights = " [" + sizes[i - 1] + ", " + sizes[i] + "]";
      names.add(layer + "/biases" + biases);
      names.add(layer + "/weights" + weights);
      for (String moment : List.of("/Adam", "/Adam_1")) {
        names.add(network + "/" + layer + "/biases" + moment + biases);
        names.add(network + "/" + layer + "/weights" + moment + weights);
      }
    }
  }

  @Test
  void shapesOfFourDimensionsAreListed() throws Exception {
    try (TfCheckpoint checkpoint = open("har_v4_2.ckpt")) {
      assertThat(checkpoint.tensors())
          .hasSize(56)
          .extracting(tensor -> tensor.name() + " " + tensor.shape())
          .contains(
              "RNN/MultiRNNCell/Cell1/BasicLSTMCell/Linear/Matrix/Adam_1 [8, 16]",
              "Variable_10 [3, 3, 4, 16]",
              "Variable_12 [3, 3, 16, 1]",
              "Variable_9/Adam [4]",
              "beta2_power []");
    }
  }

  /** The sums and values are NumPy's, of the same bytes. */
  @Test
  void valuesAreRead() throws Exception {
    try (TfCheckpoint checkpoint = open("acrobot.ckpt")) {
      float[] biases = checkpoint.floats("policy/Stack/fully_connected_1/biases", 6);
      assertThat(biases).startsWith(0.6741048f, -2.1462781f, -1.2345531f);
      assertThat(sum(biases)).isCloseTo(-1.584016562, within(1e-6));
      assertThat(checkpoint.floats("policy/beta1_power")).hasSize(1);
    }
    try (TfCheckpoint checkpoint = open("har_v4_2.ckpt")) {
      float[] matrix =
          checkpoint.floats("RNN/MultiRNNCell/Cell0/BasicLSTMCell/Linear/Matrix", 8, 16);
      assertThat(sum(matrix)).isCloseTo(-1.15379951, within(1e-6));
    }
  }

  @Test
  void valuesMayAlsoComeOneByOneOrInParts() throws Exception {
    byte[] tensor =
        CheckpointWriter.message(
            out -> {
              out.writeFloat(5, 1);
              out.writeByteArray(5, new byte[] {0, 0, 0, 0x40, 0, 0, 0x40, 0x40});
              out.writeFloat(5, 4);
            });
    Path file = directory.resolve("parts.ckpt");
    new CheckpointWriter()
        .list("parts", CheckpointWriter.FLOAT, 1, 2, 2)
        .entry("parts", CheckpointWriter.slice("parts", tensor))
        .write(file);
    try (TfCheckpoint checkpoint = TfCheckpoint.open(file)) {
      assertThat(checkpoint.floats("parts", 2, 2)).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void manyTensorsInManyBlocksAreRead() throws Exception {
    Path file = directory.resolve("many.ckpt");
    CheckpointWriter writer = new CheckpointWriter();
    for (int i = 0; i < 1_000; i++) {
      writer.add("tensor/" + i, new float[] {i, i + 0.5f, -i}, 3, 1);
    }
    writer.add("tensor/large", new float[100_000], 100_000).write(file);
    try (TfCheckpoint checkpoint = TfCheckpoint.open(file)) {
      assertThat(checkpoint.tensors()).hasSize(1_001);
      assertThat(checkpoint.floats("tensor/7", 3, 1)).containsExactly(7, 7.5f, -7);
      assertThat(checkpoint.floats("tensor/999", 3, 1)).containsExactly(999, 999.5f, -999);
    }
  }

  @Test
  void aTensorThatIsNotThereIsNamed() throws Exception {
    assertRefused("acrobot.ckpt holds no tensor policy/biases", "policy/biases", 6);
    assertRefused(
        "acrobot.ckpt holds value/Stack/fully_connected_3/weights of shape [6, 1], not [1, 6]",
        "value/Stack/fully_connected_3/weights",
        1,
        6);
  }

  @Test
  void whatIsNotReadIsListedAndRefused() throws Exception {
    Path file = directory.resolve("other.ckpt");
    new CheckpointWriter()
        .list("global_step", 9, 1)
        .entry("global_step", CheckpointWriter.slice("global_step", new byte[0]))
        .list("partitioned", CheckpointWriter.FLOAT, 2, 8)
        .entry("partitioned", CheckpointWriter.slice("partitioned", new byte[0]))
        .list("lost", CheckpointWriter.FLOAT, 1, 8)
        .list("short", CheckpointWriter.FLOAT, 1, 8)
        .entry("short", CheckpointWriter.slice("short", new byte[0]))
        .write(file);
    try (TfCheckpoint checkpoint = TfCheckpoint.open(file)) {
      assertThat(checkpoint.tensors())
          .extracting(tensor -> tensor.name() + " " + tensor.type() + " " + tensor.slices())
          .containsExactly(
              "global_step int64 1", "lost float32 1", "partitioned float32 2", "short float32 1");
      assertRefused(
          checkpoint, "other.ckpt holds global_step as int64, not float32", "global_step");
      assertRefused(
          checkpoint, "holds partitioned in 2 slices, which is not supported", "partitioned", 8);
      assertRefused(checkpoint, "other.ckpt holds no tensor lost", "lost", 8);
      assertRefused(checkpoint, "does not hold the 8 values of short", "short", 8);
    }
  }

  @Test
  void anotherFileIsRefused() {
    assertThatThrownBy(() -> TfCheckpoint.open(SharedData.file("models/yamnet/yamnet.tflite")))
        .isInstanceOf(PackageException.class)
        .hasMessage("yamnet.tflite is not a TensorFlow checkpoint, or is cut short");
    assertThatThrownBy(() -> TfCheckpoint.open(directory.resolve("none.ckpt")))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("none.ckpt cannot be read: NoSuchFileException");
  }

  private static void assertRefused(String message, String name, int... shape) throws Exception {
    try (TfCheckpoint checkpoint = open("acrobot.ckpt")) {
      assertRefused(checkpoint, message, name, shape);
    }
  }

  private static void assertRefused(
      TfCheckpoint checkpoint, String message, String name, int... shape) {
    assertThatThrownBy(() -> checkpoint.floats(name, shape))
        .isInstanceOf(PackageException.class)
        .hasMessageEndingWith(message);
  }

  private static TfCheckpoint open(String name) throws PackageException {
    return TfCheckpoint.open(SharedData.file("tf-checkpoints/" + name));
  }

  private static double sum(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
  }
}
