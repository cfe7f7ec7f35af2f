package io.earshot.detector.segment;

import static io.earshot.detector.segment.FrameStage.T;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.broker.Topics;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;

/** Records that anybody might send to {@code earshot.frames}; the same seed draws the same ones. */
final class FrameFuzzer {
  private static final int STREAMS = 40;
  private static final int FRAME_MILLIS = 25;
  private static final List<String> NAMES =
      List.of(
          "encoding", "rate", "channels", "seq", "session", "end", "earshot-negative-timestamp");
  private static final List<String> VALUES =
      List.of("", "0", "1", "2", "-1", "s16le", "f32le", "16000", "9223372036854775807", "a b");
  private static final float[] FLOATS = {
    0.5f, 1e6f, 1e7f, Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };
  private static final long[] TIMES = {
    0, 1, T, 253_370_764_799_999L, 253_370_764_800_000L, Long.MAX_VALUE
  };

  private final SplittableRandom random;

  /** Of each stream, what its next regular frame would be numbered. */
  private final long[] next = new long[STREAMS];

  private long strangers;

  FrameFuzzer(long seed) {
    random = new SplittableRandom(seed);
  }

  TestRecord<byte[], byte[]> draw() {
    TestRecord<byte[], byte[]> record = record(frame());
    return switch (random.nextInt(10)) {
      case 0 -> mutated(record);
      case 1 -> garbage();
      default -> record;
    };
  }

  /** What the contract allows: regular, out of order, of other sessions, from new streams. */
  private Frame frame() {
    int stream = random.nextInt(STREAMS);
    long seq = next[stream]++;
    long millis = T + seq * FRAME_MILLIS;
    String session = "s" + stream;
    switch (random.nextInt(200)) {
      case 0 -> seq = random.nextLong(Long.MAX_VALUE);
      case 1 -> seq = Math.max(0, seq - random.nextInt(30));
      case 2 -> seq = -1;
      case 3 -> millis += random.nextLong(-20_000, 20_000);
      case 4 -> millis = random.nextLong(253_370_764_800_000L);
      case 5 -> session = "t" + random.nextInt(4);
      case 6 -> session = "";
      default -> {
        // regular
      }
    }
    boolean end = random.nextInt(60) == 0;
    String id = random.nextInt(100) == 0 ? "stranger-" + strangers++ : "fuzz-" + stream;
    Encoding encoding = random.nextInt(4) == 0 ? Encoding.F32LE : Encoding.S16LE;
    byte[] pcm = end && random.nextBoolean() ? new byte[0] : pcm(encoding);
    return new Frame(id, session, seq, Math.max(0, millis), encoding, pcm, end);
  }

  private byte[] pcm(Encoding encoding) {
    int samples =
        switch (random.nextInt(1_000)) {
          case 0 -> random.nextInt(1, 180_000);
          case 1, 2, 3, 4, 5 -> random.nextInt(1, 17_000);
          case 6, 7, 8, 9, 10 -> random.nextInt(1, 10);
          default -> 16 * FRAME_MILLIS;
        };
    byte[] bytes = new byte[samples * encoding.bytesPerSample()];
    if (encoding == Encoding.S16LE) {
      random.nextBytes(bytes);
    } else {
      ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      float level = random.nextInt(20) == 0 ? 1e6f : 1;
      while (floats.hasRemaining()) {
        floats.putFloat((random.nextFloat() * 2 - 1) * level);
      }
    }
    return bytes;
  }

  private static TestRecord<byte[], byte[]> record(Frame frame) {
    ProducerRecord<byte[], byte[]> record = frame.toRecord(Topics.FRAMES);
    return new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp());
  }

  private TestRecord<byte[], byte[]> mutated(TestRecord<byte[], byte[]> whole) {
    byte[] key = whole.key();
    byte[] value = whole.value();
    long millis = whole.timestamp();
    Headers headers = whole.headers();
    switch (random.nextInt(7)) {
      case 0 -> key = flipped(key);
      case 1 -> value = lengthened(value);
      case 2 -> {
        value = anyFloats();
        headers.remove("encoding").add("encoding", "f32le".getBytes(UTF_8));
      }
      case 3 -> millis = TIMES[random.nextInt(TIMES.length)];
      case 4 -> headers.remove(NAMES.get(random.nextInt(NAMES.size())));
      case 5 -> headers.add(NAMES.get(random.nextInt(NAMES.size())), anyValue());
      default -> flipOneHeader(headers);
    }
    return new TestRecord<>(key, value, headers, millis);
  }

  private TestRecord<byte[], byte[]> garbage() {
    byte[] key = random.nextInt(10) == 0 ? null : anyBytes(random.nextInt(200));
    byte[] value = random.nextInt(10) == 0 ? null : anyBytes(random.nextInt(4_000));
    if (random.nextInt(1_000) == 0) {
      value = new byte[random.nextInt(10_000_000)];
    }
    long millis = random.nextBoolean() ? T : random.nextLong(Long.MAX_VALUE);
    TestRecord<byte[], byte[]> record = new TestRecord<>(key, value, null, millis);
    for (int i = random.nextInt(5); i > 0; i--) {
      record.headers().add(NAMES.get(random.nextInt(NAMES.size())), anyValue());
    }
    return record;
  }

  private byte[] anyValue() {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> anyBytes(random.nextInt(100));
      default -> VALUES.get(random.nextInt(VALUES.size())).getBytes(UTF_8);
    };
  }

  private void flipOneHeader(Headers headers) {
    Header[] all = headers.toArray();
    if (all.length > 0) {
      Header chosen = all[random.nextInt(all.length)];
      headers.remove(chosen.key());
      headers.add(chosen.key(), flipped(chosen.value()));
    }
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = new String(bytes, ISO_8859_1).getBytes(ISO_8859_1);
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] lengthened(byte[] value) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new byte[0];
      default -> ByteBuffer.allocate(value.length + random.nextInt(1, 4)).put(value).array();
    };
  }

  private static byte[] floats(float... floats) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return bytes.array();
  }

  private byte[] anyFloats() {
    return random.nextBoolean()
        ? anyBytes(4 * random.nextInt(1, 20))
        : floats(0, FLOATS[random.nextInt(FLOATS.length)]);
  }

  private byte[] anyBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
