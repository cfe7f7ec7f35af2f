/**
 * Sound sources to PCM frames on Kafka.
 *
 * <pre>
 * source -&gt; convert -&gt; frame -&gt; publish
 *   any rate,    mono,      100 ms     topic earshot.frames; what Kafka
 *   any channels 16 kHz     pieces     does not take waits in a spool
 * </pre>
 *
 * {@code app} pumps the sound along this line; {@code metrics} counts what passes, and tells it.
 * Sound that others send comes through {@code net} and {@code rtp} into {@code live}, which has the
 * rest of the line for each stream; {@code clock} tells when it was captured.
 */
package io.earshot.producer;
