/**
 * What is heard at this moment, and what was heard lately, for those who watch.
 *
 * <p>Upstream: all topics, each followed by a {@link io.earshot.detector.live.TopicTail}: those of
 * events and of candidates always, the others while somebody watches. Downstream: {@link
 * io.earshot.detector.web}. {@link io.earshot.detector.live.Live} is what it asks; {@link
 * io.earshot.detector.live.Board}, {@link io.earshot.detector.live.Levels}, {@link
 * io.earshot.detector.live.Book} and {@link io.earshot.detector.live.Resend} only remember, and
 * know no thread and no clock.
 */
package io.earshot.detector.live;
