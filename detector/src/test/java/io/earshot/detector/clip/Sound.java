package io.earshot.detector.clip;

import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventId;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sound in which each sample tells when it was captured and by whom, in frames of 100 ms. */
final class Sound {
  static final long T = 1_700_000_000_000L;
  private static final int FRAME = 1_600;

  private Sound() {}

  /** The sample captured so many samples after {@link #T}. */
  static short sample(String session, long at) {
    return (short) (at * 7919 + session.hashCode());
  }

  /** What a producer has heard from {@code fromMillis} after {@link #T} on. */
  static List<Frame> frames(String session, long fromMillis, int count) {
    return frames(session, 0, fromMillis, count);
  }

  static List<Frame> frames(String session, long firstSeq, long fromMillis, int count) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long millis = fromMillis + i * 100L;
      frames.add(frame(session, firstSeq + i, T + millis, millis * 16, FRAME));
    }
    return frames;
  }

  static Frame frame(String session, long seq, long captureMillis, long at, int samples) {
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      pcm.putShort(sample(session, at + i));
    }
    return new Frame("yard", session, seq, captureMillis, Encoding.S16LE, pcm.array(), false);
  }

  /** The same in floats. */
  static Frame inFloats(Frame frame) {
    float[] samples = new float[frame.samples()];
    frame.decode(samples, 0);
    ByteBuffer pcm = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    pcm.asFloatBuffer().put(samples);
    return new Frame(
        "yard",
        frame.session(),
        frame.seq(),
        frame.captureMillis(),
        Encoding.F32LE,
        pcm.array(),
        false);
  }

  static List<KeptFrame> kept(List<Frame> frames) {
    List<KeptFrame> kept = new ArrayList<>();
    for (Frame frame : frames) {
      kept.add(new KeptFrame(kept.size(), frame));
    }
    return kept;
  }

  /**
   * A closed event.
   *
   * @param run in which it was heard, as its first segment
   */
  static Event event(String run, long onsetMillis, long offsetMillis) {
    return event(run, onsetMillis, Instant.ofEpochMilli(T + offsetMillis), offsetMillis);
  }

  /** One that goes on. */
  static Event open(long onsetMillis, long knownMillis) {
    return event("s." + T, onsetMillis, null, knownMillis);
  }

  private static Event event(String run, long onset, Instant offset, long end) {
    return TestEvents.bark(
        EventId.of("yard", run, "dog_bark", 0, TestEvents.MODEL),
        "yard",
        Instant.ofEpochMilli(T + onset),
        offset,
        end - onset);
  }
}
