package io.earshot.models.onnx;

/**
 * A network that could not run or computes something else than it should, or buffers that do not
 * fit it: one line. Unchecked, since there is nothing to do about it for one patch: either the
 * program is wrong or the runtime is broken.
 */
public final class ModelException extends RuntimeException {

  public ModelException(String message) {
    this(message, null);
  }

  ModelException(String message, Throwable cause) {
    super(message.strip().replaceAll("\\s*\\R\\s*", " "), cause);
  }
}
