/**
 * Networks of integers: static quantisation of a package to 8 bits, in pairs of QuantizeLinear and
 * DequantizeLinear that ONNX Runtime makes integer kernels of.
 *
 * <pre>
 * clips -> ClipPatches -> RangeObserver -> Histogram -> Ranges -> Range
 *                                                                   |
 * network -> QdqPlan (IntegerLayer) ------> QdqGraph (ChannelWeights) -> network of integers
 *                                                                   |
 * pack.PackageWriter &lt;- pack.Quantised &lt;- NetworkComparison, on clips held out
 * </pre>
 *
 * <p>{@code QuantizeRun} does all of this. Changes ONNX graphs as {@code onnx} reads them, runs
 * them with {@code onnx}, hears with {@code feature} what the detector hears.
 */
package io.earshot.models.quantize;
