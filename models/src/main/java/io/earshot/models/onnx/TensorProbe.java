package io.earshot.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Runs a model on the CPU for every output that it has, whatever they are called: for a look inside
 * a network whose inner tensors were made outputs.
 *
 * <pre>{@code
 * try (TensorProbe probe = TensorProbe.open(Path.of("probed.onnx"))) {
 *   probe.run(patches, new long[] {16, 96, 64}, (tensor, values) -> look(tensor, values));
 * }
 * }</pre>
 *
 * <p>The model has one input; inputs and outputs are float32. Not for several threads.
 */
public final class TensorProbe implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private TensorProbe(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * Reads the model.
   *
   * @throws ModelException the runtime refuses it
   */
  public static TensorProbe open(Path onnx) {
    OrtEnvironment environment = OnnxLibrary.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtSession session = environment.createSession(onnx.toString(), options);
      UnpackedLibrary.delete();
      return new TensorProbe(environment, session);
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  /**
   * Runs one batch.
   *
   * @param values of the input, from index 0 on
   * @param shape of the input
   * @param look gets each output's name and values, which are its to keep
   * @throws ModelException the runtime failed
   */
  public void run(FloatBuffer values, long[] shape, BiConsumer<String, FloatBuffer> look) {
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      for (Map.Entry<String, OnnxValue> output : result) {
        look.accept(output.getKey(), ((OnnxTensor) output.getValue()).getFloatBuffer());
      }
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private static ModelException failure(OrtException e) {
    return new ModelException("ONNX Runtime failed: " + e.getMessage(), e);
  }
}
