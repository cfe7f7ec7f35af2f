package io.earshot.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxGraphTest {

  @TempDir Path directory;

  @Test
  void aFileHoldsTheBytesOfTheModel() throws Exception {
    // More than is written at once, and no multiple of it.
    float[] values = new float[100_001];
    values[100_000] = 1;
    OnnxGraph graph = new OnnxGraph("large").constant("values", values, values.length);
    Path file = directory.resolve("large.onnx");
    graph.writeTo(file);
    assertThat(file).hasBinaryContent(graph.toBytes());
    assertThat(graph.toBytes()).hasSizeGreaterThan(400_004);
  }
}
