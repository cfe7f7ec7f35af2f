package io.earshot.detector.live;

import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.LoudSoundRules;

/**
 * What viewers are told at first, and what streams are measured by.
 *
 * @param version of Earshot
 * @param rules that scores become events by, in the order of the scores
 * @param floor how the noise floor is learnt, even if no sound is decided by it
 */
public record LiveSettings(String version, EventRules rules, LoudSoundRules floor) {}
