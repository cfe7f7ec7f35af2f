package io.earshot.models.evaluate.soundscape;

import io.earshot.models.evaluate.sed.SoundEvent;

/**
 * One true event of a soundscape.
 *
 * <pre>{@code
 * MixedEvent event = soundscape.events().get(0);
 * double onset = event.event().onset();
 * double decibels = event.snr();
 * }</pre>
 *
 * @param event when it is heard, exact to the sample
 * @param snr decibels of its RMS over that of the background in the same stretch
 */
public record MixedEvent(SoundEvent event, double snr) {}
