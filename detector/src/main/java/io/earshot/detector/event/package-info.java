/**
 * Scores to events: follows each label of each stream and says when it begins and ends.
 *
 * <p>Upstream: {@code inference} through {@code earshot.scores}. Downstream: every subscriber of
 * {@code earshot.events}. {@link io.earshot.detector.event.EventTracker} is pure; {@link
 * io.earshot.detector.event.EventProcessor} puts it on Kafka Streams.
 */
package io.earshot.detector.event;
