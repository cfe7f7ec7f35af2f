package io.earshot.models.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.OnnxFile;
import io.earshot.models.onnx.TensorProbe;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Runs a float32 network on patches and counts what values its inner tensors take. */
final class RangeObserver {
  private static final int BATCH = 16;

  private final Map<String, Histogram> seen = new HashMap<>();

  private RangeObserver(Set<String> tensors) {
    tensors.forEach(tensor -> seen.put(tensor, new Histogram()));
  }

  /**
   * Runs the patches through the network.
   *
   * @param tensors whose values are counted; the network's input may be among them
   * @param temporary folder for a copy of the network
   * @param done told how many patches have been run
   * @throws IOException the copy cannot be written
   * @throws ArithmeticException the network computes something that is no number
   */
  static Map<String, Histogram> observe(
      ModelProto model,
      Set<String> tensors,
      List<float[]> patches,
      Path temporary,
      LongConsumer done)
      throws IOException {
    Path probed = temporary.resolve("probed.onnx");
    OnnxFile.write(probed(model, tensors), probed);
    RangeObserver observer = new RangeObserver(tensors);
    try (TensorProbe probe = TensorProbe.open(probed)) {
      for (int from = 0; from < patches.size(); from += BATCH) {
        int to = Math.min(from + BATCH, patches.size());
        observer.run(probe, model.getGraph().getInput(0).getName(), patches.subList(from, to));
        done.accept(to);
      }
    } finally {
      Files.deleteIfExists(probed);
    }
    return observer.seen;
  }

  private void run(TensorProbe probe, String input, List<float[]> patches) {
    FloatBuffer batch = Network.buffer(patches.size() * LogMel.PATCH_FLOATS);
    patches.forEach(batch::put);
    batch.flip();
    count(input, batch);
    probe.run(batch, new long[] {patches.size(), LogMel.ROWS, LogMel.BANDS}, this::count);
  }

  private void count(String tensor, FloatBuffer values) {
    Histogram histogram = seen.get(tensor);
    if (histogram == null) {
      return;
    }
    try {
      histogram.add(values);
    } catch (ArithmeticException e) {
      throw new ArithmeticException("tensor " + tensor + " " + e.getMessage());
    }
  }

  /** The model with the tensors as further outputs. */
  private static ModelProto probed(ModelProto model, Set<String> tensors) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Set<String> known = new HashSet<>();
    graph.getOutputList().forEach(output -> known.add(output.getName()));
    graph.getInputList().forEach(input -> known.add(input.getName()));
    TypeProto.Tensor.Builder floats =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber());
    tensors.stream()
        .filter(tensor -> !known.contains(tensor))
        .forEach(
            tensor ->
                graph.addOutput(
                    ValueInfoProto.newBuilder()
                        .setName(tensor)
                        .setType(TypeProto.newBuilder().setTensorType(floats))));
    return model.toBuilder().setGraph(graph).build();
  }
}
