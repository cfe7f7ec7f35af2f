package io.earshot.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Runs a graph once, on the CPU, as ONNX Runtime would run it in a package.
 *
 * <pre>{@code
 * OnnxGraph graph = new OnnxGraph("half").input("x", 1).constant("two", new float[] {2}, 1);
 * graph.node("Div", List.of("x", "two"), "y").output("y", 1);
 * float[] halves = GraphRun.of(graph, 2, 1, new float[] {4, 8}); // 2, 4
 * }</pre>
 */
public final class GraphRun {

  private GraphRun() {}

  /**
   * The values of the graph's only output.
   *
   * @param graph with one input, a vector per example
   * @param count of examples, 1 or more
   * @param width of the input
   * @param values count x width
   * @throws ModelException the runtime refuses the graph, or fails
   */
  public static float[] of(OnnxGraph graph, int count, int width, float[] values) {
    OrtEnvironment environment = OnnxLibrary.environment();
    long[] shape = {count, width};
    try (OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(graph.toBytes(), options);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] computed = new float[output.remaining()];
      output.get(computed);
      return computed;
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(1);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    return options;
  }
}
