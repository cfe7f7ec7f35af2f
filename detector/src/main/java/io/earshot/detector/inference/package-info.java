/**
 * Patches to scores, batched across all streams: consumer, ring, batch, network, producer.
 *
 * <pre>
 *  poll thread                              inference thread
 *  consumer - decode -> [ PatchRing ] -> Batcher -> Scorer -> ScorePublisher (scores + offsets)
 * </pre>
 *
 * <p>Upstream: {@code segment} through {@code earshot.patches}. Downstream: {@code event} through
 * {@code earshot.scores}. Disruptor is at home here; ONNX Runtime stays in {@code models.onnx}.
 */
package io.earshot.detector.inference;
