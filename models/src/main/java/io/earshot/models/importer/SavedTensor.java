package io.earshot.models.importer;

import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint's table of contents says of a tensor (TensorFlow's SavedSliceMeta).
 *
 * @param shape empty for a scalar
 * @param type of its values: {@code float32}
 * @param slices in how many parts it is saved: 1 unless the variable was partitioned
 */
record SavedTensor(String name, List<Long> shape, String type, int slices) {

  static final String FLOAT = "float32";

  /** TensorFlow's DataType by number (core/framework/types.proto), as far as checkpoints go. */
  private static final List<String> TYPES =
      List.of(
          "unknown",
          FLOAT,
          "float64",
          "int32",
          "uint8",
          "int16",
          "int8",
          "string",
          "complex64",
          "int64",
          "bool");

  /** More than TensorFlow has. */
  private static final int MOST_DIMENSIONS = 254;

  static SavedTensor read(ProtoReader meta) {
    String name = "";
    List<Long> shape = List.of();
    String type = TYPES.get(0);
    int slices = 0;
    while (meta.next()) {
      switch (meta.field()) {
        case 1 -> name = meta.text();
        case 2 -> shape = shape(meta.message());
        case 3 -> type = type(meta.number());
        case 4 -> slices++;
        default -> {}
      }
    }
    return new SavedTensor(name, shape, type, slices);
  }

  private static List<Long> shape(ProtoReader shape) {
    List<Long> sizes = new ArrayList<>();
    while (shape.next()) {
      if (shape.field() == 2) {
        sizes.add(size(shape.message()));
      }
      if (sizes.size() > MOST_DIMENSIONS) {
        throw new FormatException("is damaged: a tensor of too many dimensions");
      }
    }
    if (sizes.stream().anyMatch(size -> size < 0)) {
      throw new FormatException("is damaged: a tensor of shape " + sizes);
    }
    return List.copyOf(sizes);
  }

  private static long size(ProtoReader dimension) {
    long size = 0;
    while (dimension.next()) {
      if (dimension.field() == 1) {
        size = dimension.number();
      }
    }
    return size;
  }

  private static String type(long number) {
    return number > 0 && number < TYPES.size() ? TYPES.get((int) number) : "type " + number;
  }
}
