/**
 * Sound event detection (SED) measured as the toolbox sed_eval does: lists of events against the
 * truth.
 *
 * <pre>
 * two files -> EventList -> EventListPair -> EventBasedMetrics   -> Metrics: F1, error rate
 *                                            SegmentBasedMetrics
 * </pre>
 *
 * <p>Pure but for the reading and writing of lists; knows no audio, no model and no other package.
 *
 * <p>Source: A. Mesaros, T. Heittola, T. Virtanen, "Metrics for polyphonic sound event detection",
 * Applied Sciences 6(6):162 (2016), and what sed_eval 0.2 makes of it.
 */
package io.earshot.models.evaluate.sed;
