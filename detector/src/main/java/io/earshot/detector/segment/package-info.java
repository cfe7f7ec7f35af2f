/**
 * Frames to patches: orders a stream's frames, cuts segments and computes their log-mel patches.
 *
 * <p>Upstream: {@code producer.frame} through the topic {@code earshot.frames}. Downstream: {@code
 * detector.inference} through {@code earshot.patches}. {@link io.earshot.models.feature.Segmenter}
 * and {@link io.earshot.detector.segment.FrameOrder} are pure, and so are {@link
 * io.earshot.detector.segment.StreamOwner} (which of two producers has a stream), {@link
 * io.earshot.detector.segment.RefusedFrames} (a clock that was set, an owner that is gone), {@link
 * io.earshot.detector.segment.RunName} and {@link io.earshot.detector.segment.SilentStreams};
 * {@link io.earshot.detector.segment.SegmentProcessor} puts them on Kafka Streams. {@link
 * io.earshot.detector.segment.SegmentHeaders} is the contract of patches and scores.
 */
package io.earshot.detector.segment;
