package io.earshot.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX models in files, as the protobuf messages that they are.
 *
 * <pre>{@code
 * ModelProto model = OnnxFile.read(Path.of("network.onnx")); // weights are mapped, not copied
 * OnnxFile.write(model.toBuilder().setGraph(changed).build(), Path.of("changed.onnx"));
 * }</pre>
 *
 * <p>Only operator sets 13 to 17 are read: in those, what Earshot adds to a graph means the same.
 */
public final class OnnxFile {
  private static final int OLDEST = 13;
  private static final int NEWEST = 17;

  private OnnxFile() {}

  /**
   * Reads a model. Its file must stay as it is for as long as the model is used.
   *
   * @throws IOException one line: the file cannot be read, is no ONNX model or has another operator
   *     set
   */
  public static ModelProto read(Path onnx) throws IOException {
    ModelProto model = parse(onnx);
    if (model.getGraph().getNodeCount() == 0) {
      throw new IOException(onnx + ": is no ONNX model");
    }
    long opset =
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
            .mapToLong(OperatorSetIdProto::getVersion)
            .findFirst()
            .orElse(0);
    if (opset < OLDEST || opset > NEWEST) {
      throw new IOException(
          "%s: uses operator set %d; %d to %d can be built on"
              .formatted(onnx, opset, OLDEST, NEWEST));
    }
    return model;
  }

  /**
   * Writes a model, new or over another, without a second copy of its weights in memory.
   *
   * @throws IOException the file cannot be written; what is there of it stays
   */
  public static void write(ModelProto model, Path onnx) throws IOException {
    try (OutputStream out = new PieceStream(Files.newOutputStream(onnx))) {
      model.writeTo(out);
    }
  }

  private static ModelProto parse(Path onnx) throws IOException {
    try (FileChannel file = FileChannel.open(onnx)) {
      ByteString bytes =
          UnsafeByteOperations.unsafeWrap(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
      CodedInputStream input = bytes.newCodedInput();
      input.enableAliasing(true);
      return ModelProto.parseFrom(input);
    } catch (InvalidProtocolBufferException e) {
      throw new IOException(onnx + ": is no ONNX model", e);
    }
  }
}
