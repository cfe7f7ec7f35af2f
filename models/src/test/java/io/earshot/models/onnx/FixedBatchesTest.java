package io.earshot.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedBatchesTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "17, 32", "65, 128", "256, 256", "300, 256"})
  void aBatchIsPaddedToTheNextSize(int count, int size) {
    assertThat(FixedBatches.size(count)).isEqualTo(size);
  }

  /** Each patch is one row of two values; the network doubles them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 20, 256, 600})
  void everyRowIsItsOwnWhateverIsPaddedBeside(int count) throws Exception {
    FloatBuffer patches = Network.buffer(2 * count);
    for (int i = 0; i < 2 * count; i++) {
      patches.put(i, i + 1);
    }
    FloatBuffer doubled = Network.buffer(2 * count);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(doubling());
        FixedBatches batches = new FixedBatches(environment, session, "x", 1, 2)) {
      // What an earlier batch left behind is never seen.
      batches.run(patches, count, "y", 2, doubled);
      batches.run(patches, Math.min(2, count), "y", 2, doubled);
    }
    for (int i = 0; i < 2 * count; i++) {
      assertThat(doubled.get(i)).isEqualTo(2f * (i + 1));
    }
  }

  @Test
  void nothingIsWrittenBehindTheRowsAskedFor() throws Exception {
    FloatBuffer out = Network.buffer(4 * 2).put(6, -1).put(7, -1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(doubling());
        FixedBatches batches = new FixedBatches(environment, session, "x", 1, 2)) {
      batches.run(Network.buffer(3 * 2), 3, "y", 2, out);
    }
    assertThat(out.get(6)).isEqualTo(-1);
    assertThat(out.get(7)).isEqualTo(-1);
  }

  private static byte[] doubling() {
    return new OnnxGraph("double")
        .input("x", 1, 2)
        .constant("two", new float[] {2}, 1)
        .constant("row", 1L)
        .node("Mul", List.of("x", "two"), "twice")
        .node("Squeeze", List.of("twice", "row"), "y")
        .output("y", 2)
        .toBytes();
  }
}
