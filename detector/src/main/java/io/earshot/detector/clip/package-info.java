/**
 * Sound of events, cut out of what {@code earshot.frames} still holds, and its picture.
 *
 * <p>Upstream: {@code earshot.events} ({@link io.earshot.detector.clip.EventLog}) and {@code
 * earshot.frames} ({@link io.earshot.detector.clip.FrameLog}). Downstream: the command line and
 * {@link io.earshot.detector.web}. {@link io.earshot.detector.clip.ClipAssembler} is pure, and so
 * is the drawing.
 */
package io.earshot.detector.clip;
