package io.earshot.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.util.logging.Level;
import java.util.logging.Logger;

/** ONNX Runtime's native library, which the first use unpacks into the temporary folder. */
final class OnnxLibrary {
  /** It prints the stack trace of what is then thrown; kept, or the level would be forgotten. */
  private static final Logger UNPACKING = Logger.getLogger("ai.onnxruntime.OnnxRuntime");

  private OnnxLibrary() {}

  /**
   * Loads it if need be.
   *
   * @throws ModelException it cannot be unpacked or loaded
   */
  static OrtEnvironment environment() {
    UNPACKING.setLevel(Level.OFF);
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      throw new ModelException(
          "ONNX Runtime cannot be loaded; is there space for its library, 30 MB, in the temporary"
              + " folder %s, and is it made for this processor?"
                  .formatted(System.getProperty("java.io.tmpdir")));
    }
  }
}
