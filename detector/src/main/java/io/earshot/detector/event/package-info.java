/**
 * Scores to events: follows each label of each stream and says when it begins and ends, and what
 * became no event.
 *
 * <pre>
 *   EventProcessor    on Kafka Streams, with a state for each stream
 *     ScoreRecords    what a record says
 *       EventTracker      (state, segment, scores) to (state, events, candidates)
 *         LabelTracker    one label, by its rule: smoothing, N of M, durations, gaps, what bars it
 *           Starts            where an event may begin, by N of M
 *           Edges             where an event begins and ends, by levels
 *           Told              in the form in which it is published
 * </pre>
 *
 * <p>Upstream: {@code inference} through {@code earshot.scores}. Downstream: every subscriber of
 * {@code earshot.events} and {@code earshot.candidates}. All below {@link
 * io.earshot.detector.event.EventProcessor} is pure.
 */
package io.earshot.detector.event;
