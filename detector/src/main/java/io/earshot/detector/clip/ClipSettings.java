package io.earshot.detector.clip;

import java.time.Duration;

/**
 * How much sound a clip has.
 *
 * @param preRoll before the event
 * @param postRoll after it
 * @param maxDuration of the whole clip
 */
public record ClipSettings(Duration preRoll, Duration postRoll, Duration maxDuration) {}
