package io.earshot.models.onnx;

/** Where a network runs. */
public enum Provider {
  /** On the GPU if this build and this machine can, otherwise on the CPU with one warning. */
  AUTO,
  CPU,
  /** On the GPU, or not at all. */
  CUDA
}
