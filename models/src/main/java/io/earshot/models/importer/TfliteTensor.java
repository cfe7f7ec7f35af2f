package io.earshot.models.importer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorType;

/** One tensor of a TFLite graph: a constant, or the place of a computed value. */
final class TfliteTensor {

  /** More than any operator takes; a damaged file may claim billions. */
  private static final int MOST_DIMENSIONS = 8;

  private final Tensor tensor;
  private final TfliteFile file;

  TfliteTensor(Tensor tensor, TfliteFile file) {
    this.tensor = tensor;
    this.file = file;
  }

  List<Integer> shape() {
    int dimensions = tensor.shapeLength();
    if (dimensions > MOST_DIMENSIONS) {
      throw new TfliteException("has a tensor of " + dimensions + " dimensions");
    }
    return IntStream.range(0, dimensions).mapToObj(tensor::shape).toList();
  }

  boolean isFloat() {
    return tensor.type() == TensorType.FLOAT32;
  }

  /** The values of a constant int32 tensor: axes. */
  int[] integers() {
    if (tensor.type() != TensorType.INT32) {
      throw refusal("is not INT32");
    }
    ByteBuffer data = constant(Integer.BYTES);
    return IntStream.range(0, data.limit() / Integer.BYTES)
        .map(i -> data.getInt(i * Integer.BYTES))
        .toArray();
  }

  /**
   * The values of a constant tensor in float32, {@code (q - zeroPoint) * scale} where it is
   * quantised (ai.google.dev/edge/litert: 8-bit quantization specification).
   */
  float[] floats() {
    return switch (tensor.type()) {
      case TensorType.FLOAT32 -> plain(constant(Float.BYTES));
      case TensorType.INT8 -> dequantised(constant(Byte.BYTES), Byte.BYTES);
      case TensorType.INT32 -> dequantised(constant(Integer.BYTES), Integer.BYTES);
      default -> throw refusal("is not FLOAT32, INT8 or INT32");
    };
  }

  private static float[] plain(ByteBuffer data) {
    float[] values = new float[data.limit() / Float.BYTES];
    data.asFloatBuffer().get(values);
    return values;
  }

  private float[] dequantised(ByteBuffer data, int bytesEach) {
    QuantizationParameters quantization = tensor.quantization();
    List<Integer> shape = shape();
    int channels = quantization == null ? 0 : quantization.scaleLength();
    int axis = channels == 1 ? 0 : quantization == null ? 0 : quantization.quantizedDimension();
    if (channels == 0
        || axis < 0
        || axis >= shape.size()
        || (channels > 1 && channels != shape.get(axis))
        || (channels != quantization.zeroPointLength())) {
      throw refusal("has no scale and zero point for each of its channels");
    }
    // Values that lie one after another and share a channel.
    int run = shape.stream().skip(axis + 1L).reduce(1, Math::multiplyExact);
    float[] values = new float[data.limit() / bytesEach];
    for (int i = 0; i < values.length; i++) {
      int channel = channels == 1 ? 0 : i / run % channels;
      int q = bytesEach == Byte.BYTES ? data.get(i) : data.getInt(i * bytesEach);
      values[i] = (q - quantization.zeroPoint(channel)) * scale(quantization, channel);
    }
    return values;
  }

  private float scale(QuantizationParameters quantization, int channel) {
    float scale = quantization.scale(channel);
    if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
      throw refusal("has scale " + scale);
    }
    return scale;
  }

  /** The bytes of the constant, as many as its shape needs: checked before anything is made. */
  private ByteBuffer constant(int bytesEach) {
    ByteBuffer data = file.buffer(tensor.buffer());
    long values = shape().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (values <= 0 || data.limit() != Math.multiplyExact(values, bytesEach)) {
      throw refusal("is not a constant of its shape");
    }
    file.claim(values);
    return data;
  }

  private TfliteException refusal(String problem) {
    return new TfliteException("tensor of shape %s %s".formatted(shape(), problem));
  }
}
