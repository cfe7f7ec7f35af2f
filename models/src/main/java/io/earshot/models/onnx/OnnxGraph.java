package io.earshot.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds an ONNX model of float32 tensors, node by node in the order of execution.
 *
 * <pre>{@code
 * OnnxGraph graph = new OnnxGraph("doubler").input("x", 3).constant("two", new float[] {2}, 1);
 * graph.node("Mul", List.of("x", "two"), "y").output("y", 3);
 * graph.writeTo(Path.of("doubler.onnx")); // or toBytes()
 * }</pre>
 *
 * <p>Inputs and outputs have a free batch dimension, {@code N}, before the given ones. The same
 * calls give the same bytes. Operators are those of opset 17 (ONNX 1.12, IR version 8):
 * onnx.ai/onnx/operators; {@link OnnxPart} makes a graph that begins with a part of another model.
 * ONNX Runtime checks the graph when it reads it; nothing is checked here.
 */
public final class OnnxGraph {

  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final ModelProto EMPTY =
      ModelProto.newBuilder()
          .setIrVersion(IR_VERSION)
          .setProducerName("earshot")
          .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
          .build();

  private final ModelProto model;
  private final GraphProto.Builder graph;

  public OnnxGraph(String name) {
    this(EMPTY, GraphProto.newBuilder().setName(name));
  }

  OnnxGraph(ModelProto model, GraphProto.Builder graph) {
    this.model = model;
    this.graph = graph;
  }

  public OnnxGraph input(String name, int... shape) {
    graph.addInput(batch(name, shape));
    return this;
  }

  public OnnxGraph output(String name, int... shape) {
    graph.addOutput(batch(name, shape));
    return this;
  }

  /** A constant float32 tensor, its values in row-major order. */
  public OnnxGraph constant(String name, float[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** A constant int64 vector: axes and shapes that operators take as inputs. */
  public OnnxGraph constant(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(name, TensorProto.DataType.INT64, bytes, values.length);
  }

  /** One operator with one output. */
  public OnnxGraph node(
      String operator, List<String> inputs, String output, OnnxAttribute... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output);
    for (OnnxAttribute attribute : attributes) {
      node.addAttribute(attribute.toProto());
    }
    graph.addNode(node);
    return this;
  }

  /** The model as the bytes of an {@code .onnx} file. */
  public byte[] toBytes() {
    return toProto().toByteArray();
  }

  /**
   * Writes the model to an {@code .onnx} file, new or overwritten, without a second copy of its
   * constants in memory.
   *
   * @throws IOException the file cannot be written; what is there of it stays
   */
  public void writeTo(Path file) throws IOException {
    OnnxFile.write(toProto(), file);
  }

  private ModelProto toProto() {
    return model.toBuilder().setGraph(graph).build();
  }

  private OnnxGraph constant(
      String name, TensorProto.DataType type, ByteBuffer littleEndian, int... shape) {
    // Wrapped, not copied: nobody else has the buffer.
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(UnsafeByteOperations.unsafeWrap(littleEndian));
    for (int dimension : shape) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return this;
  }

  private static ValueInfoProto batch(String name, int... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam("N");
    for (int dimension : shape) {
      dimensions.addDimBuilder().setDimValue(dimension);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
