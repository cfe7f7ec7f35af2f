/**
 * Sound sources to PCM frames on Kafka.
 *
 * <pre>
 * source -&gt; convert -&gt; frame -&gt; publish
 *   any rate,    mono,      100 ms     topic earshot.frames
 *   any channels 16 kHz     pieces
 * </pre>
 *
 * {@code app} pumps the sound along this line; {@code metrics} counts what passes, and tells it.
 */
package io.earshot.producer;
