package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The state of all streams of a task: for each, its run and the frames that a coming segment still
 * needs. A frame is written once and deleted once, so the changelog costs what the sound costs.
 */
final class KeptFrames {
  /**
   * @param owner the frames' session, and those before it
   * @param name the run's name
   * @param hopSamples the hop that the run was cut with
   * @param nextIndex the segment that comes next
   */
  record Run(StreamOwner owner, String name, int hopSamples, long nextIndex) {}

  private static final int HEADER_BYTES = 33;
  private static final byte INTEGER = 0;
  private static final byte FLOAT = 1;
  private static final String SEPARATOR = ",";

  private final KeyValueStore<Bytes, byte[]> frames;
  private final KeyValueStore<String, String> runs;

  KeptFrames(KeyValueStore<Bytes, byte[]> frames, KeyValueStore<String, String> runs) {
    this.frames = frames;
    this.runs = runs;
  }

  void putRun(String stream, Run run) {
    runs.put(
        stream,
        String.join(
            " ",
            run.owner().session(),
            run.name(),
            Integer.toString(run.hopSamples()),
            Long.toString(run.nextIndex()),
            run.owner().replaced().stream().map(s -> SEPARATOR + s).collect(joining())));
  }

  /** The stream's run, or null. */
  Run run(String stream) {
    String text = runs.get(stream);
    if (text == null) {
      return null;
    }
    String[] parts = text.split(" ", -1);
    // Runs that an older detector left know of no sessions before theirs.
    List<String> replaced = parts.length < 5 ? List.of() : sessions(parts[4]);
    StreamOwner owner = new StreamOwner(parts[0], replaced);
    return new Run(owner, parts[1], Integer.parseInt(parts[2]), Long.parseLong(parts[3]));
  }

  /** Each session is preceded by a separator, for one of them may be empty. */
  private static List<String> sessions(String text) {
    return text.isEmpty() ? List.of() : List.of(text.substring(1).split(SEPARATOR, -1));
  }

  /** Hands out every stream that has a run. */
  void forEachStream(Consumer<String> action) {
    try (KeyValueIterator<String, String> all = runs.all()) {
      while (all.hasNext()) {
        action.accept(all.next().key);
      }
    }
  }

  void put(String stream, PlacedFrame kept) {
    Frame frame = kept.frame();
    byte[] value =
        ByteBuffer.allocate(HEADER_BYTES + frame.pcm().length)
            .putLong(frame.seq())
            .putLong(frame.captureMillis())
            .putLong(kept.position())
            .putLong(kept.capturedMillis())
            .put(frame.encoding() == Encoding.F32LE ? FLOAT : INTEGER)
            .put(frame.pcm())
            .array();
    frames.put(key(stream, kept.position()), value);
  }

  void delete(String stream, long position) {
    frames.delete(key(stream, position));
  }

  /** Deletes what a crash between two changelogs may have left of a run. */
  void deleteFrames(String stream) {
    frames(stream, "").forEach(kept -> delete(stream, kept.position()));
  }

  void deleteRun(String stream) {
    runs.delete(stream);
  }

  /** The stream's frames in the order of their positions. */
  List<PlacedFrame> frames(String stream, String session) {
    List<PlacedFrame> kept = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        frames.prefixScan(prefix(stream), new ByteArraySerializer())) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        kept.add(read(stream, session, ByteBuffer.wrap(next.value)));
      }
    }
    return kept;
  }

  private static PlacedFrame read(String stream, String session, ByteBuffer value) {
    long seq = value.getLong();
    long captureMillis = value.getLong();
    long position = value.getLong();
    long capturedMillis = value.getLong();
    Encoding encoding = value.get() == FLOAT ? Encoding.F32LE : Encoding.S16LE;
    byte[] pcm = new byte[value.remaining()];
    value.get(pcm);
    Frame frame = new Frame(stream, session, seq, captureMillis, encoding, pcm, false);
    return new PlacedFrame(position, capturedMillis, frame);
  }

  /** A stream id holds no zero byte, so no id's prefix is another's. */
  private static byte[] prefix(String stream) {
    return (stream + '\0').getBytes(US_ASCII);
  }

  private static Bytes key(String stream, long position) {
    byte[] prefix = prefix(stream);
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).putLong(position).array());
  }
}
