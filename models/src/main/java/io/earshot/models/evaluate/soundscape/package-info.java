/**
 * Soundscapes whose truth is known, because they were mixed, and what a stream detector made of
 * them.
 *
 * <pre>
 * Clips, Background, a seed -> SoundscapeGenerator -> Soundscape: samples, MixedEvents
 *                                                         | streamed by the detector
 *                                                     HeardEvents -> StreamMetrics
 * </pre>
 *
 * <p>Of its neighbours it knows {@code synth}, for made backgrounds, and {@code evaluate.sed}.
 */
package io.earshot.models.evaluate.soundscape;
