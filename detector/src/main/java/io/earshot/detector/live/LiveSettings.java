package io.earshot.detector.live;

import io.earshot.detector.event.EventRules;

/**
 * What viewers are told at first.
 *
 * @param version of Earshot
 * @param rules that scores become events by, in the order of the scores
 */
public record LiveSettings(String version, EventRules rules) {}
