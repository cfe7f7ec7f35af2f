package io.earshot.detector.segment;

import io.earshot.producer.frame.Frame;

/**
 * A frame and its place in its run.
 *
 * @param position of its first sample
 * @param capturedMillis when that was captured, as far as the run knows better than the frame's own
 *     stamp
 */
record PlacedFrame(long position, long capturedMillis, Frame frame) {
  /** The position after its last sample. */
  long end() {
    return position + frame.samples();
  }
}
