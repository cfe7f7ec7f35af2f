package io.earshot.producer.spool;

import io.earshot.producer.frame.Frame;

/** A frame on its way to Kafka. Guarded by the {@link Backlog}. */
public final class Entry {
  final StreamQueue queue;
  final long arrivedNanos;
  final int bytes;

  /** Null while it is on disk alone. */
  private Frame frame;

  /** Null while it is in memory alone. */
  Place place;

  /** Which of its ways to Kafka counts; -1 while it is on none. */
  int attempt = -1;

  int attempts;

  /** Kafka has it, or it is lost. */
  boolean done;

  /** Its segment has gone. */
  boolean forgotten;

  Entry(StreamQueue queue, Frame frame, long arrivedNanos) {
    this.queue = queue;
    this.frame = frame;
    this.bytes = FrameRecord.bytes(frame);
    this.arrivedNanos = arrivedNanos;
  }

  Entry(StreamQueue queue, Place place, long arrivedNanos) {
    this.queue = queue;
    this.place = place;
    this.bytes = place.bytes();
    this.arrivedNanos = arrivedNanos;
  }

  /** The frame; null if it has yet to be {@link Backlog#load loaded}. */
  public Frame frame() {
    return frame;
  }

  boolean isIn(Segment segment) {
    return place != null && place.segment() == segment;
  }

  void frame(Frame loaded) {
    frame = loaded;
  }
}
