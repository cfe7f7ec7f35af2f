package io.earshot.models.importer;

import java.nio.ByteBuffer;

/**
 * The values of a tensor, or of a part of one, as a checkpoint holds them (TensorFlow's
 * SavedTensorSlices.data).
 *
 * @param data a TensorProto, of which a checkpoint fills in nothing but the values
 */
record SavedSlice(String name, ByteBuffer data) {

  private static final int FLOAT_VALUES = 5;

  static SavedSlice read(ByteBuffer entry) {
    String name = "";
    ByteBuffer data = ByteBuffer.allocate(0);
    ProtoReader slices = new ProtoReader(entry);
    while (slices.next()) {
      if (slices.field() == 2) {
        ProtoReader slice = slices.message();
        while (slice.next()) {
          switch (slice.field()) {
            case 1 -> name = slice.text();
            case 3 -> data = slice.bytes();
            default -> {}
          }
        }
      }
    }
    return new SavedSlice(name, data);
  }

  /**
   * The values.
   *
   * @throws FormatException there are more or fewer, or none as float32
   */
  float[] floats(int count) {
    // Before anything is made: a shape may claim any size.
    if (data.remaining() / Float.BYTES < count) {
      throw wrongCount(count);
    }
    float[] values = new float[count];
    int filled = 0;
    ProtoReader tensor = new ProtoReader(data);
    while (tensor.next()) {
      if (tensor.field() == FLOAT_VALUES) {
        ByteBuffer some = tensor.floats();
        int length = some.remaining() / Float.BYTES;
        if (length > count - filled) {
          throw wrongCount(count);
        }
        some.asFloatBuffer().get(values, filled, length);
        filled += length;
      }
    }
    if (filled < count) {
      throw wrongCount(count);
    }
    return values;
  }

  private FormatException wrongCount(int count) {
    return new FormatException("does not hold the %d values of %s".formatted(count, name));
  }
}
