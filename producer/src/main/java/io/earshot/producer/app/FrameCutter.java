package io.earshot.producer.app;

import io.earshot.producer.convert.Pcm16;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Mono sound at 16 kHz, cut into frames of 100 ms whose capture times follow from the number of
 * samples before them. One thread.
 */
final class FrameCutter {
  static final int FRAME_SAMPLES = Frame.RATE / 10;

  private final String stream;
  private final String session;
  private final long startMicros;
  private final Pcm16 pcm16 = new Pcm16();
  private byte[] pcm = new byte[2 * FRAME_SAMPLES];
  private int filled;
  private long seq;
  private long samplesBefore;

  FrameCutter(String stream, String session, Instant start) {
    this.stream = stream;
    this.session = session;
    this.startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, start);
  }

  /** Takes samples up to the end of the frame; how many. */
  int fill(float[] samples, int from, int count) {
    int taken = Math.min(count, FRAME_SAMPLES - filled);
    pcm16.encode(samples, from, taken, pcm, 2 * filled);
    filled += taken;
    return taken;
  }

  boolean isFull() {
    return filled == FRAME_SAMPLES;
  }

  /** The frame filled so far, empty if there was nothing; the next one begins. */
  Frame cut(boolean end) {
    byte[] bytes = filled == FRAME_SAMPLES ? pcm : Arrays.copyOf(pcm, 2 * filled);
    long micros = startMicros + samplesBefore * 1_000_000 / Frame.RATE;
    long millis = Math.floorDiv(micros, 1000L);
    Frame frame = new Frame(stream, session, seq, millis, Encoding.S16LE, bytes, end);
    seq++;
    samplesBefore += filled;
    filled = 0;
    pcm = new byte[2 * FRAME_SAMPLES];
    return frame;
  }

  /** How long the sound is up to now, the frame being filled included. */
  long endMicros() {
    return (samplesBefore + filled) * 1_000_000 / Frame.RATE;
  }

  long clipped() {
    return pcm16.clipped();
  }
}
