package io.earshot.models.onnx;

import java.util.List;
import java.util.Locale;

/**
 * A network that could not run or computes something else than it should, or buffers that do not
 * fit it: one line. Unchecked, since most callers can do nothing about it.
 */
public final class ModelException extends RuntimeException {
  /** How ONNX Runtime's arena, CUDA, cuBLAS, cuDNN and C++ say it. */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "failed to allocate memory",
          "out of memory",
          "out_of_memory",
          "alloc_failed",
          "bad_alloc",
          "bad allocation");

  public ModelException(String message) {
    this(message, null);
  }

  ModelException(String message, Throwable cause) {
    super(message.strip().replaceAll("\\s*\\R\\s*", " "), cause);
  }

  /** Whether the runtime or the GPU had too little memory for the batch; a smaller one may fit. */
  public boolean isOutOfMemory() {
    String message = getMessage().toLowerCase(Locale.ROOT);
    return OUT_OF_MEMORY.stream().anyMatch(message::contains);
  }
}
