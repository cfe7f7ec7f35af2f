package io.earshot.producer.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A piece of one stream's sound: mono, 16 kHz.
 *
 * <pre>
 * Frame frame = Frame.read(record.key(), record.value(), record.headers(), record.timestamp());
 * float[] samples = new float[frame.samples()];
 * frame.decode(samples, 0);
 * </pre>
 *
 * @param stream id of the stream, see {@link StreamId}
 * @param session id of the producer's run, 1 to 64 of {@code A-Za-z0-9._-}; empty when absent
 * @param seq number of the frame in its session, from 0; -1 when absent
 * @param captureMillis when the first sample was captured, milliseconds since 1970
 * @param encoding of the samples in {@code pcm}
 * @param pcm the samples; owned by the frame from here on, nobody writes to it
 * @param end whether the stream ends with this frame; only then may {@code pcm} be empty
 */
@SuppressWarnings("ArrayRecordComponent") // equals compares the bytes, and nobody writes to them
public record Frame(
    String stream,
    String session,
    long seq,
    long captureMillis,
    Encoding encoding,
    byte[] pcm,
    boolean end) {
  public static final int RATE = 16_000;

  /** 10 s. What a stream keeps of its frames must fit in a record of Kafka's default size. */
  public static final int MAX_SAMPLES = 10 * RATE;

  public static final int MAX_BYTES = MAX_SAMPLES * Encoding.F32LE.bytesPerSample();

  /** The end of the year 9998: what is reckoned from it still has a year of four digits. */
  public static final long MAX_CAPTURE_MILLIS = 253_370_764_799_999L;

  /** Floats are allowed far beyond full scale, but not where a spectrum would be infinite. */
  public static final float MAX_LEVEL = 1_000_000;

  public Frame {
    Objects.requireNonNull(stream);
    Objects.requireNonNull(session);
    Objects.requireNonNull(encoding);
    Objects.requireNonNull(pcm);
  }

  /**
   * Reads a record of {@code earshot.frames}. Any thread.
   *
   * @param value may be null, which counts as empty
   * @param timestamp of the record, milliseconds
   * @throws BadFrameException if anything in it is not as the contract says
   */
  public static Frame read(byte[] key, byte[] value, Headers headers, long timestamp)
      throws BadFrameException {
    return FrameReader.read(key, value, headers, timestamp);
  }

  /** The record that {@link #read} reads back as an equal frame. */
  public ProducerRecord<byte[], byte[]> toRecord(String topic) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, captureMillis, stream.getBytes(US_ASCII), pcm);
    Headers headers = record.headers();
    headers.add(Header.ENCODING, ascii(encoding.headerName()));
    headers.add(Header.RATE, ascii(RATE));
    headers.add(Header.CHANNELS, ascii(1));
    if (!session.isEmpty()) {
      headers.add(Header.SESSION, ascii(session));
    }
    if (seq >= 0) {
      headers.add(Header.SEQ, ascii(seq));
    }
    if (end) {
      headers.add(Header.END, ascii(1));
    }
    return record;
  }

  public int samples() {
    return pcm.length / encoding.bytesPerSample();
  }

  /** Length of the sound: 1600 samples are 100,000. */
  public long durationMicros() {
    return samples() * 1_000_000L / RATE;
  }

  /** Writes {@link #samples()} samples, full scale at 1, to {@code out} from {@code at} on. */
  public void decode(float[] out, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    // Not asked again for every sample: the division would take most of the time.
    int count = samples();
    switch (encoding) {
      case S16LE -> {
        for (int i = 0; i < count; i++) {
          out[at + i] = bytes.getShort(2 * i) / 32768f;
        }
      }
      case F32LE -> bytes.asFloatBuffer().get(out, at, count);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame that
        && stream.equals(that.stream)
        && session.equals(that.session)
        && seq == that.seq
        && captureMillis == that.captureMillis
        && encoding == that.encoding
        && Arrays.equals(pcm, that.pcm)
        && end == that.end;
  }

  @Override
  public int hashCode() {
    return Objects.hash(stream, session, seq, captureMillis, end);
  }

  @Override
  public String toString() {
    return "Frame[%s/%s #%d at %d ms, %d samples%s]"
        .formatted(stream, session, seq, captureMillis, samples(), end ? ", end" : "");
  }

  private static byte[] ascii(Object value) {
    return value.toString().getBytes(US_ASCII);
  }

  /** Names of the record headers. */
  static final class Header {
    static final String ENCODING = "encoding";
    static final String RATE = "rate";
    static final String CHANNELS = "channels";
    static final String SEQ = "seq";
    static final String SESSION = "session";
    static final String END = "end";

    private Header() {}
  }
}
