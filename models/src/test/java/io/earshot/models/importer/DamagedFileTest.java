package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import com.sun.management.ThreadMXBean;
import io.earshot.models.SharedData;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.PackageException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.SubGraphT;

/** Files that no digest protects: every one is read whole or refused in one line. */
class DamagedFileTest {

  private static final long ENOUGH_BYTES = 200_000_000;

  @TempDir Path directory;

  private byte[] sound;

  @BeforeEach
  void read() throws Exception {
    sound = Files.readAllBytes(SharedData.file("models/yamnet/yamnet.tflite"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 100, 40_000, 2_000_000, 4_060_000, 4_100_000, 4_126_809})
  void aTruncatedFileIsRefused(int length) {
    assertThatThrownBy(() -> convert(Arrays.copyOf(sound, length)))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("model.tflite ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void randomDamageIsReadOrRefusedWithoutGreatCost() throws Exception {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int refused = 0;
    for (int seed = 0; seed < 120; seed++) {
      byte[] damaged = damaged(new Random(seed));
      long before = thread.getCurrentThreadAllocatedBytes();
      try {
        convert(damaged);
      } catch (PackageException e) {
        assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n").hasSizeLessThan(300);
        refused++;
      }
      assertThat(thread.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated with seed %d", seed)
          .isLessThan(ENOUGH_BYTES);
    }
    assertThat(refused).isBetween(30, 119);
  }

  @Test
  void anOperatorThatIsNotSupportedIsNamed() {
    assertRefused(
        model -> code(model, BuiltinOperator.LOGISTIC, BuiltinOperator.SOFTMAX),
        "model.tflite operator SOFTMAX is not supported");
    assertRefused(
        model -> code(model, BuiltinOperator.MEAN, BuiltinOperator.REDUCE_MAX),
        "model.tflite operator REDUCE_MAX is not supported");
  }

  @Test
  void aConvolutionThatIsNotSupportedIsNamed() {
    assertRefused(
        model ->
            graph(model)
                .getOperators()[16]
                .getBuiltinOptions()
                .asConv2DOptions()
                .setFusedActivationFunction(ActivationFunctionType.TANH),
        "activation 4 of a convolution is not supported");
    assertRefused(
        model ->
            graph(model)
                .getOperators()[16]
                .getBuiltinOptions()
                .asConv2DOptions()
                .setDilationHFactor(2),
        "convolution is dilated");
    assertRefused(
        model ->
            graph(model).getOperators()[16].getBuiltinOptions().asConv2DOptions().setStrideH(1),
        "operator CONV_2D gives another shape than it should");
  }

  @Test
  void weightsWithoutTheirScalesAreRefused() {
    assertRefused(
        model -> graph(model).getTensors()[33].getQuantization().setScale(new float[] {1, 2}),
        "has no scale and zero point for each of its channels");
    assertRefused(
        model -> graph(model).getTensors()[33].getQuantization().getScale()[3] = Float.NaN,
        "has scale NaN");
  }

  @Test
  void aFileWithoutLabelsIsRefused() {
    assertRefused(model -> {}, "is damaged: ZipException");
    assertRefused(model -> model.setMetadata(null), "names no label file in its metadata");
  }

  /** Packs a changed model anew: the zip with the labels is not part of that. */
  private void assertRefused(Consumer<ModelT> change, String message) {
    ByteBuffer bytes = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN);
    ModelT model = Model.getRootAsModel(bytes).unpack();
    change.accept(model);
    FlatBufferBuilder builder = new FlatBufferBuilder(sound.length);
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    assertThatThrownBy(() -> convert(builder.sizedByteArray()))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining(message);
  }

  private static SubGraphT graph(ModelT model) {
    return model.getSubgraphs()[0];
  }

  private static void code(ModelT model, int from, int to) {
    for (OperatorCodeT code : model.getOperatorCodes()) {
      if (Math.max(code.getBuiltinCode(), code.getDeprecatedBuiltinCode()) == from) {
        code.setBuiltinCode(to);
        code.setDeprecatedBuiltinCode((byte) to);
      }
    }
  }

  /** Most of the file is weights: half of the damage goes to the tables, at both ends. */
  private byte[] damaged(Random random) {
    byte[] bytes = sound.clone();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      int at =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(2_000);
            case 1, 2 -> bytes.length - 1 - random.nextInt(60_000);
            default -> random.nextInt(bytes.length);
          };
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) 0xff;
    }
    return bytes;
  }

  private void convert(byte[] bytes) throws Exception {
    Path file = Files.write(directory.resolve("model.tflite"), bytes);
    TfliteImporter.read(file, "damaged", FrontEnd.vggish(0.001));
  }
}
