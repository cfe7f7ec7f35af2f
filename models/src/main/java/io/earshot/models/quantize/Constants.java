package io.earshot.models.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The constant float32 tensors of a graph: its weights and biases. */
final class Constants {
  private final Map<String, TensorProto> tensors = new HashMap<>();

  Constants(GraphProto graph) {
    for (TensorProto tensor : graph.getInitializerList()) {
      if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()
          && tensor.getExternalDataCount() == 0) {
        tensors.put(tensor.getName(), tensor);
      }
    }
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  List<Integer> shape(String name) {
    return tensors.get(name).getDimsList().stream().map(Math::toIntExact).toList();
  }

  /** Its values, row-major, from index 0 on. */
  FloatBuffer floats(String name) {
    TensorProto tensor = tensors.get(name);
    if (tensor.hasRawData()) {
      return tensor
          .getRawData()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer();
    }
    FloatBuffer values = FloatBuffer.allocate(tensor.getFloatDataCount());
    tensor.getFloatDataList().forEach(values::put);
    return values.flip();
  }
}
