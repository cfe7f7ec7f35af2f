package io.earshot.models.importer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.SubGraph;

/**
 * A TFLite flatbuffer, read through the classes generated from its schema
 * (tensorflow/lite/schema/schema.fbs).
 *
 * <p>The generated classes do not hold an index against its vector's length, so this class does.
 * Reading a damaged file may still throw any {@link RuntimeException}: {@link TfliteImporter} turns
 * them into one line.
 */
final class TfliteFile {

  private static final int SMALLEST = 8;

  private final Model model;
  private final SubGraph graph;
  private long unclaimedValues;

  private TfliteFile(Model model, long bytes) {
    this.model = model;
    this.graph = model.subgraphs(0);
    this.unclaimedValues = bytes;
  }

  /**
   * Reads the file's outline.
   *
   * @throws TfliteException it is no TFLite file, or not one graph
   */
  static TfliteFile of(ByteBuffer bytes) {
    if (!isTflite(bytes)) {
      throw new TfliteException("is not a TFLite file");
    }
    Model model = Model.getRootAsModel(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    if (model.subgraphsLength() != 1) {
      throw new TfliteException("has " + model.subgraphsLength() + " subgraphs, not one");
    }
    return new TfliteFile(model, bytes.limit());
  }

  static boolean isTflite(ByteBuffer bytes) {
    return bytes.limit() >= SMALLEST
        && Model.ModelBufferHasIdentifier(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  int operators() {
    return graph.operatorsLength();
  }

  Operator operator(int index) {
    return graph.operators(within(index, graph.operatorsLength(), "operator"));
  }

  /** The operator's name in the schema: {@code CONV_2D}. */
  String kind(Operator operator) {
    int index = within(operator.opcodeIndex(), model.operatorCodesLength(), "operator code");
    OperatorCode code = model.operatorCodes(index);
    // Codes under 127 were a byte once; writers fill the old field for old readers.
    int builtin = Math.max(code.builtinCode(), code.deprecatedBuiltinCode());
    return BuiltinOperator.name(
        within(builtin, BuiltinOperator.names.length, "built-in operator code"));
  }

  TfliteTensor tensor(int index) {
    return new TfliteTensor(graph.tensors(within(index, graph.tensorsLength(), "tensor")), this);
  }

  /** The tensor that the graph gives as its only output. */
  int output() {
    if (graph.outputsLength() != 1) {
      throw new TfliteException("has " + graph.outputsLength() + " outputs, not one");
    }
    return graph.outputs(0);
  }

  /** The bytes of a buffer, little-endian from position 0; empty for a tensor that is computed. */
  ByteBuffer buffer(long index) {
    ByteBuffer data =
        model.buffers(within(index, model.buffersLength(), "buffer")).dataAsByteBuffer();
    ByteBuffer bytes = data == null ? ByteBuffer.allocate(0) : data.slice();
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The buffer that the file's metadata has under a name; null if none. */
  ByteBuffer metadata(String name) {
    for (int i = 0; i < model.metadataLength(); i++) {
      Metadata entry = model.metadata(i);
      if (name.equals(entry.name())) {
        return buffer(entry.buffer());
      }
    }
    return null;
  }

  /**
   * Counts constants as they are read. A sound graph uses each weight once, of a byte or more; a
   * damaged one may ask for the same weights without end.
   */
  void claim(long values) {
    unclaimedValues -= values;
    if (unclaimedValues < 0) {
      throw new TfliteException("uses more weights than it holds");
    }
  }

  private static int within(long index, int length, String what) {
    if (index < 0 || index >= length) {
      throw new TfliteException("names %s %d of %d".formatted(what, index, length));
    }
    return (int) index;
  }
}
