package io.earshot.producer.live;

import io.earshot.producer.convert.Pcm16;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FrameSink;
import java.io.IOException;
import java.util.Arrays;

/**
 * Mono sound at 16 kHz, cut into frames of 100 ms; what is missing shows in their numbers.
 *
 * <p>To the detector each missing number is as much missing sound as the last frame was long. So
 * that a gap has its length to the sample, the last frame before it is cut to the gap's length or
 * to a part that goes into it. That needs some sound that was not sent yet: the first frame of a
 * run is 2.5 ms shorter than the others, so packets of 5, 10 or 20 ms never end with one. One
 * thread.
 */
final class TimedCutter {
  static final int FRAME_SAMPLES = Frame.RATE / 10;
  private static final int HELD_BACK = Frame.RATE / 400;

  /** When samples of a run, counted from its first, were captured. */
  interface Times {
    /** Microseconds since 1970. */
    long micros(long sample);
  }

  private final String stream;
  private final String session;
  private final FrameSink sink;
  private final Pcm16 pcm16 = new Pcm16();
  private final byte[] pcm = new byte[2 * FRAME_SAMPLES];
  private Times times;
  private int filled;
  private int wanted = FRAME_SAMPLES - HELD_BACK;
  private int lastLength = FRAME_SAMPLES;
  private long sent;
  private long seq;

  TimedCutter(String stream, String session, Times times, FrameSink sink) {
    this.stream = stream;
    this.session = session;
    this.times = times;
    this.sink = sink;
  }

  void add(float[] samples, int count) throws IOException {
    for (int at = 0; at < count; ) {
      int taken = Math.min(count - at, wanted - filled);
      pcm16.encode(samples, at, taken, pcm, 2 * filled);
      filled += taken;
      at += taken;
      if (filled == wanted) {
        publish(filled, false);
        wanted = FRAME_SAMPLES;
      }
    }
  }

  /**
   * Sound is missing; a run begins after it.
   *
   * @param missing samples, above 0
   */
  void gap(long missing, Times next) throws IOException {
    if (filled == 0) {
      seq += Math.round(missing / (double) lastLength);
    } else {
      int length = largestDivisor(missing, filled);
      if (length < filled) {
        publish(filled - length, false);
      }
      publish(length, false);
      seq += missing / length;
    }
    times = next;
    sent = 0;
    wanted = FRAME_SAMPLES - HELD_BACK;
  }

  private static int largestDivisor(long number, int most) {
    int divisor = (int) Math.min(number, most);
    while (number % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  /** Publishes what is left as the stream's end. */
  void end() throws IOException {
    if (seq > 0 || filled > 0) {
      publish(filled, true);
    }
  }

  long clipped() {
    return pcm16.clipped();
  }

  private void publish(int samples, boolean end) throws IOException {
    long millis = Math.floorDiv(times.micros(sent), 1000L);
    byte[] bytes = Arrays.copyOf(pcm, 2 * samples);
    System.arraycopy(pcm, 2 * samples, pcm, 0, 2 * (filled - samples));
    filled -= samples;
    sent += samples;
    lastLength = samples;
    sink.publish(new Frame(stream, session, seq++, millis, Encoding.S16LE, bytes, end));
  }
}
