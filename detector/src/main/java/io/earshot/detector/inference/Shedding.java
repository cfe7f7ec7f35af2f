package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.segment.SegmentHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Overload is shed: all is read as it comes, and a {@link Backlog} keeps what may wait.
 *
 * <p>What waits is copied. A fetched record is a part of all that was fetched with it, up to a
 * megabyte, which one patch that waits would hold in memory.
 */
final class Shedding implements ReadAhead {
  /** Markers are some hundred bytes each; so many are read ahead for each patch that may wait. */
  private static final int ENTRIES_PER_PATCH = 8;

  private final int most;
  private final Consumer<String> shed;
  private final Backlog<ConsumerRecord<byte[], ByteBuffer>> backlog;
  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /** What is no patch is not shed; an honest producer's is empty. */
  private long otherBytes;

  /**
   * @param most patches that may wait
   * @param shed is told the stream of each patch that is shed
   */
  Shedding(int most, Consumer<String> shed) {
    this.most = most;
    this.shed = shed;
    backlog = new Backlog<>(most, this::marker);
  }

  @Override
  public void add(ConsumerRecord<byte[], ByteBuffer> patch) {
    if (isPatch(patch)) {
      backlog.add(stream(patch), record(patch, copy(patch.value()), copy(patch.headers())));
    } else {
      otherBytes += bytes(patch);
      ByteBuffer value = patch.value();
      ByteBuffer copy =
          value == null ? null : ByteBuffer.allocate(value.remaining()).put(value).flip();
      backlog.addUnsheddable(record(patch, copy, copy(patch.headers())));
    }
  }

  /** A patch's bytes may be overwritten from the next {@link #add} on. */
  @Override
  public ConsumerRecord<byte[], ByteBuffer> poll() {
    ConsumerRecord<byte[], ByteBuffer> patch = backlog.poll();
    if (patch != null && isPatch(patch)) {
      free.push(patch.value());
    } else if (patch != null) {
      otherBytes -= bytes(patch);
    }
    return patch;
  }

  @Override
  public boolean isEmpty() {
    return backlog.size() == 0;
  }

  @Override
  public boolean isFull() {
    return backlog.size() >= (long) ENTRIES_PER_PATCH * most
        || otherBytes >= (long) PatchRing.PATCH_BYTES * most;
  }

  @Override
  public int patches() {
    return backlog.patches();
  }

  @Override
  public void forget(Collection<TopicPartition> revoked) {
    backlog.removeIf(
        patch -> {
          boolean gone = revoked.contains(new TopicPartition(patch.topic(), patch.partition()));
          otherBytes -= gone && !isPatch(patch) ? bytes(patch) : 0;
          return gone;
        });
  }

  private ConsumerRecord<byte[], ByteBuffer> marker(ConsumerRecord<byte[], ByteBuffer> patch) {
    shed.accept(stream(patch));
    free.push(patch.value());
    SegmentHeaders.markUnscored(patch.headers(), SegmentHeaders.SHED);
    return record(patch, null, patch.headers());
  }

  private ByteBuffer copy(ByteBuffer patch) {
    ByteBuffer copy = free.isEmpty() ? ByteBuffer.allocate(PatchRing.PATCH_BYTES) : free.pop();
    return copy.clear().put(patch).flip();
  }

  /** A fetched header is a part of what was fetched, too, until it is read. */
  private static Headers copy(Headers headers) {
    Headers copy = new RecordHeaders();
    for (Header header : headers) {
      copy.add(new RecordHeader(header.key(), header.value()));
    }
    return copy;
  }

  private static boolean isPatch(ConsumerRecord<byte[], ByteBuffer> patch) {
    return patch.key() != null && PatchSlot.kind(patch) == PatchSlot.Kind.PATCH;
  }

  private static String stream(ConsumerRecord<byte[], ByteBuffer> patch) {
    return new String(patch.key(), UTF_8);
  }

  /** Of key and headers those that are too many count; others are some hundred. */
  private static long bytes(ConsumerRecord<byte[], ByteBuffer> other) {
    long value = other.value() == null ? 0 : other.value().remaining();
    return PatchBounds.fault(other) == null ? value : value + PatchBounds.bytes(other);
  }

  private static ConsumerRecord<byte[], ByteBuffer> record(
      ConsumerRecord<byte[], ByteBuffer> like, ByteBuffer value, Headers headers) {
    return new ConsumerRecord<>(
        like.topic(),
        like.partition(),
        like.offset(),
        like.timestamp(),
        TimestampType.CREATE_TIME,
        like.serializedKeySize(),
        value == null ? ConsumerRecord.NULL_SIZE : value.remaining(),
        like.key(),
        value,
        headers,
        Optional.empty());
  }
}
