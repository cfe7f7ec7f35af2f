/**
 * Patches to scores, batched across all streams: consumer, ring, batch, network, producer.
 *
 * <pre>
 *  poll thread                                           inference thread
 *  consumer -> RingWriter ------------> [ PatchRing ] -> Batcher -> BatchScoring -> ScorePublisher
 *                  '--> [ ReadAhead ] -----^                          Scorer      (scores + offsets)
 * </pre>
 *
 * <p>What does not fit the ring waits in a {@link io.earshot.detector.inference.ReadAhead}: either
 * nothing more is polled until it is gone, or a {@link io.earshot.detector.inference.Backlog} sheds
 * what is too much.
 *
 * <p>Upstream: {@code segment} through {@code earshot.patches}. Downstream: {@code event} through
 * {@code earshot.scores}. Disruptor is at home here; ONNX Runtime stays in {@code models.onnx}.
 */
package io.earshot.detector.inference;
