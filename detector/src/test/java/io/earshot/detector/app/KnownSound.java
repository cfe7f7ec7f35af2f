package io.earshot.detector.app;

import io.earshot.models.feature.LogMel;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Streams whose events are known before anyone listens: segments of noise and of silence, drawn
 * from a seed. {@link SmallModel} scores noise about 0.9 and silence 0.01, so a run of noisy
 * segments is an event, from the first one's begin to the last one's end.
 */
final class KnownSound {
  /** An event as arithmetic has it. */
  record Known(String stream, String onset, String offset) {}

  static final int SEGMENT_SAMPLES = LogMel.ROWS * LogMel.HOP_SAMPLES;
  static final int FRAME_SAMPLES = Frame.RATE / 10;
  static final int FRAME_MILLIS = 100;
  private static final int SEGMENT_MILLIS = SEGMENT_SAMPLES * 1000 / Frame.RATE;
  private static final int MOST_SEGMENTS = 10_000;
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final long seed;
  private final long baseMillis;
  private final List<BitSet> noisy = new ArrayList<>();

  /**
   * @param baseMillis capture time of every stream's first sample
   */
  KnownSound(long seed, int streams, long baseMillis) {
    this.seed = seed;
    this.baseMillis = baseMillis;
    for (int stream = 0; stream < streams; stream++) {
      noisy.add(draw(new Random(seed * 1_000 + stream)));
    }
  }

  /** Silence and noise by turns, one to three segments each. */
  private static BitSet draw(Random random) {
    BitSet noisy = new BitSet();
    for (int at = 0; at < MOST_SEGMENTS; ) {
      int from = at + 1 + random.nextInt(3);
      at = from + 1 + random.nextInt(3);
      noisy.set(from, at);
    }
    return noisy;
  }

  int streams() {
    return noisy.size();
  }

  static String name(int stream) {
    return "stream-" + stream;
  }

  /** The frames of a stream of so many segments. */
  static int frames(int segments) {
    return (segments * SEGMENT_SAMPLES + FRAME_SAMPLES - 1) / FRAME_SAMPLES;
  }

  /** How many segments a stream has that ends, in silence, soon after this frame. */
  static int segmentsAfter(int frame) {
    return frame * FRAME_SAMPLES / SEGMENT_SAMPLES + 2;
  }

  /**
   * Frame number {@code seq} of a stream, the same however often it is asked for.
   *
   * @param segments of the whole stream, which ends in silence
   */
  Frame frame(int stream, int seq, int segments) {
    int from = seq * FRAME_SAMPLES;
    int to = Math.min(from + FRAME_SAMPLES, segments * SEGMENT_SAMPLES);
    ByteBuffer pcm = ByteBuffer.allocate(2 * (to - from)).order(ByteOrder.LITTLE_ENDIAN);
    Random noise = new Random(seed ^ ((long) stream << 32 | seq));
    for (int at = from; at < to; at++) {
      int segment = at / SEGMENT_SAMPLES;
      boolean loud = noisy.get(stream).get(segment) && segment < segments - 1;
      pcm.putShort((short) (loud ? noise.nextInt(32_000) - 16_000 : 0));
    }
    long millis = baseMillis + (long) seq * FRAME_MILLIS;
    boolean end = seq == frames(segments) - 1;
    return new Frame(name(stream), "numbered", seq, millis, Encoding.S16LE, pcm.array(), end);
  }

  /** The events of streams of so many segments. */
  List<Known> events(int segments) {
    List<Known> events = new ArrayList<>();
    for (int stream = 0; stream < streams(); stream++) {
      BitSet loud = noisy.get(stream).get(0, segments - 1);
      for (int from = loud.nextSetBit(0); from >= 0; ) {
        int to = loud.nextClearBit(from);
        events.add(new Known(name(stream), time(from), time(to)));
        from = loud.nextSetBit(to);
      }
    }
    return events;
  }

  private String time(int segment) {
    return MILLIS.format(Instant.ofEpochMilli(baseMillis + (long) segment * SEGMENT_MILLIS));
  }
}
