package io.earshot.models.importer;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes TensorFlow checkpoints of version 1 with protobuf's own library, so that a fault of the
 * reader is not made here as well. Damaged ones are {@link SstableWriter}'s.
 */
final class CheckpointWriter {

  static final int FLOAT = 1;

  private final ByteArrayOutputStream meta = new ByteArrayOutputStream();
  private final SortedMap<String, Supplier<ByteBuffer>> entries = new TreeMap<>();

  /** A tensor in one piece, copied only when it is written. */
  CheckpointWriter add(String name, float[] values, int... shape) throws IOException {
    list(name, FLOAT, 1, shape);
    entries.put(name, () -> entry(name, shape.length, values));
    return this;
  }

  /** Lists a tensor in the table of contents, and no more. */
  CheckpointWriter list(String name, int type, int slices, int... shape) throws IOException {
    byte[] tensor =
        message(
            out -> {
              out.writeString(1, name);
              out.writeByteArray(2, message(dimensions -> shape(dimensions, shape)));
              out.writeEnum(3, type);
              for (int i = 0; i < slices; i++) {
                out.writeByteArray(4, extents(shape.length));
              }
            });
    meta.write(message(out -> out.writeByteArray(1, tensor)));
    return this;
  }

  /** Adds an entry of these bytes. */
  CheckpointWriter entry(String name, byte[] bytes) {
    entries.put(name, () -> ByteBuffer.wrap(bytes));
    return this;
  }

  void write(Path file) throws IOException {
    byte[] contents = message(out -> out.writeByteArray(1, meta.toByteArray()));
    try (SstableWriter table = new SstableWriter(file)) {
      table.add(new byte[0], ByteBuffer.wrap(contents));
      for (Map.Entry<String, Supplier<ByteBuffer>> entry : entries.entrySet()) {
        table.add(key(entry.getKey()), entry.getValue().get());
      }
    }
  }

  /** SavedTensorSlices.data with packed floats. */
  private static ByteBuffer entry(String name, int dimensions, float[] values) {
    int valueBytes = values.length * Float.BYTES;
    int tensorBytes = CodedOutputStream.computeTagSize(5) + size(valueBytes);
    byte[] nameAndSlice =
        message(
            out -> {
              out.writeString(1, name);
              out.writeByteArray(2, extents(dimensions));
            });
    int sliceBytes = nameAndSlice.length + 1 + size(tensorBytes);
    byte[] head =
        message(
            out -> {
              out.writeTag(2, 2);
              out.writeUInt32NoTag(sliceBytes);
              out.writeRawBytes(nameAndSlice);
              out.writeTag(3, 2);
              out.writeUInt32NoTag(tensorBytes);
              out.writeTag(5, 2);
              out.writeUInt32NoTag(valueBytes);
            });
    ByteBuffer entry =
        ByteBuffer.allocate(head.length + valueBytes).order(ByteOrder.LITTLE_ENDIAN).put(head);
    entry.asFloatBuffer().put(values);
    return entry.rewind();
  }

  /** SavedTensorSlices.data around the bytes of any TensorProto. */
  static byte[] slice(String name, byte[] tensor) {
    byte[] slice =
        message(
            out -> {
              out.writeString(1, name);
              out.writeByteArray(3, tensor);
            });
    return message(out -> out.writeByteArray(2, slice));
  }

  private static int size(int bytes) {
    return CodedOutputStream.computeUInt32SizeNoTag(bytes) + bytes;
  }

  private static void shape(CodedOutputStream out, int... sizes) throws IOException {
    for (int size : sizes) {
      out.writeByteArray(2, message(dimension -> dimension.writeInt64(1, size)));
    }
  }

  /** A slice that is the whole tensor: an empty extent for each dimension. */
  private static byte[] extents(int dimensions) {
    return message(
        out -> {
          for (int i = 0; i < dimensions; i++) {
            out.writeByteArray(1, new byte[0]);
          }
        });
  }

  /** TensorFlow's ordered code: 0, the name, its end; the whole tensor in these few networks. */
  private static byte[] key(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(text.length + 3)
        .put((byte) 0)
        .put(text)
        .put((byte) 0)
        .put((byte) 1)
        .array();
  }

  /** Writes the fields of a message. */
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
