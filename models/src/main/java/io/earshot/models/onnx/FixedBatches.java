package io.earshot.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs batches of any size as batches of a few fixed sizes, padded with what is there.
 *
 * <p>On a GPU each new size has memory of its own planned and kept, and its convolutions chosen
 * anew (onnxruntime issues 13500, 29351): with nine sizes, 1 to 256, that ends soon. The tensors of
 * each size are made once and bound to buffers that stay where they are.
 *
 * <p>Any thread; one batch at a time.
 */
final class FixedBatches implements AutoCloseable {
  private static final int LARGEST = 256;

  /** One output of the network: where it is written, and the tensor of each size. */
  private static final class Output {
    private final FloatBuffer buffer;
    private final Map<Integer, OnnxTensor> tensors = new HashMap<>();

    Output(int width) {
      buffer = Network.buffer(LARGEST * width);
    }
  }

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final int frames;
  private final int bands;
  private final FloatBuffer patches;
  private final Map<Integer, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, Output> outputs = new HashMap<>();

  FixedBatches(
      OrtEnvironment environment, OrtSession session, String input, int frames, int bands) {
    this.environment = environment;
    this.session = session;
    this.input = input;
    this.frames = frames;
    this.bands = bands;
    this.patches = Network.buffer(LARGEST * frames * bands);
  }

  /** The least power of two that holds {@code count} patches; 256, if that is fewer. */
  static int size(int count) {
    return count > LARGEST ? LARGEST : Integer.highestOneBit(Math.max(1, 2 * count - 1));
  }

  /**
   * Computes {@code count} rows of an output.
   *
   * @param in from index 0 on, {@code count} patches
   * @param out receives {@code count} x {@code width} from index 0 on
   */
  synchronized void run(FloatBuffer in, int count, String name, int width, FloatBuffer out)
      throws OrtException {
    Output output = outputs.computeIfAbsent(name, added -> new Output(width));
    int patchFloats = frames * bands;
    for (int done = 0; done < count; done += LARGEST) {
      int part = Math.min(LARGEST, count - done);
      patches.put(0, in, done * patchFloats, part * patchFloats);
      run(size(part), name, width, output);
      out.put(done * width, output.buffer, 0, part * width);
    }
  }

  private void run(int size, String name, int width, Output output) throws OrtException {
    OnnxTensor in = inputs.get(size);
    if (in == null) {
      in = tensor(patches, size, frames, bands);
      inputs.put(size, in);
    }
    OnnxTensor out = output.tensors.get(size);
    if (out == null) {
      out = tensor(output.buffer, size, width);
      output.tensors.put(size, out);
    }
    session.run(Map.of(input, in), Map.of(name, out)).close();
  }

  private OnnxTensor tensor(FloatBuffer buffer, int size, long... rest) throws OrtException {
    long[] shape = new long[rest.length + 1];
    shape[0] = size;
    System.arraycopy(rest, 0, shape, 1, rest.length);
    int values = 1;
    for (long dimension : shape) {
      values *= Math.toIntExact(dimension);
    }
    return OnnxTensor.createTensor(environment, buffer.slice(0, values), shape);
  }

  @Override
  public synchronized void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(output -> output.tensors.values().forEach(OnnxTensor::close));
    inputs.clear();
    outputs.clear();
  }
}
