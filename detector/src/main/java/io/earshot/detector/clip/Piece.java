package io.earshot.detector.clip;

import io.earshot.detector.segment.RunReplay;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of one run that follow one another without a gap. They are laid end to end: capture times
 * are whole milliseconds, and clocks and sound cards do not quite agree.
 */
final class Piece {
  private record Part(RunReplay.Place place, Frame frame) {
    long end() {
      return place.position() + frame.samples();
    }
  }

  private final List<Part> parts = new ArrayList<>();

  Piece(RunReplay.Place place, Frame frame) {
    parts.add(new Part(place, frame));
  }

  int run() {
    return parts.get(0).place.run();
  }

  /** Adds the frame if it goes on where the piece ends; whether it does. */
  boolean add(RunReplay.Place place, Frame frame) {
    boolean follows = place.run() == run() && place.position() == parts.get(parts.size() - 1).end();
    return follows && parts.add(new Part(place, frame));
  }

  /**
   * Lays it on the canvas, where the frame nearest to a time was captured: there it matters most.
   */
  void layOn(Canvas canvas, long nearMillis) {
    Part anchor = nearest(nearMillis);
    long at = canvas.sampleAt(anchor.place.capturedMillis()) - anchor.place.position();
    for (Part part : parts) {
      canvas.fill(at + part.place.position(), part.frame);
    }
  }

  boolean covers(long millis) {
    Part part = nearest(millis);
    long since = millis - part.place.capturedMillis();
    return since >= 0 && since * 1000 < part.frame.durationMicros();
  }

  /** How much of its run was sent before that time, in samples, up to a frame. */
  long positionAt(long millis) {
    return nearest(millis).place.position();
  }

  /** The last one captured before that time, else the first. */
  private Part nearest(long millis) {
    Part nearest = parts.get(0);
    for (Part part : parts) {
      if (part.place.capturedMillis() <= millis) {
        nearest = part;
      }
    }
    return nearest;
  }
}
