package io.earshot.models.evaluate.soundscape;

import io.earshot.models.evaluate.sed.SoundEvent;

/**
 * One event as a stream detector published it.
 *
 * <pre>{@code
 * HeardEvent heard = new HeardEvent(new SoundEvent("scene-001.wav", 2.88, 5.76, "rain"), 3.84);
 * }</pre>
 *
 * @param event once it was closed
 * @param opened the end of the segment with which it was published first, in seconds of the stream
 */
public record HeardEvent(SoundEvent event, double opened) {}
