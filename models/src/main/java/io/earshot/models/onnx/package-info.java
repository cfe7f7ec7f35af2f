/**
 * ONNX: building a graph, and running one.
 *
 * <p>{@code importer} builds graphs with {@link io.earshot.models.onnx.OnnxGraph}; the detector's
 * inference worker runs the network of a {@code pack} package with {@link
 * io.earshot.models.onnx.Network} on the patches that {@code feature} computes. The only package
 * that knows ONNX Runtime, and with {@code quantize} the only one that knows the ONNX protobuf
 * classes.
 */
package io.earshot.models.onnx;
