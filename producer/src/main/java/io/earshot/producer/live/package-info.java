/**
 * Streams that go on until somebody ends them: decoded sound in, frames with capture times out.
 *
 * <pre>
 * source, net -&gt; SoundLine: convert -&gt; TimedCutter, clock -&gt; FrameQueue -&gt; publish
 * </pre>
 *
 * <p>{@link io.earshot.producer.live.SoundLine} is pure; a line belongs to the thread that brings
 * its sound. {@link io.earshot.producer.live.FrameQueue} has the one thread that waits for Kafka.
 */
package io.earshot.producer.live;
