package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.Topics;
import io.earshot.producer.frame.BadFrameException;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Reads a stream's frames out of {@code earshot.frames} by capture time. One thread. */
final class FrameLog {
  /** A frame of the greatest length that reaches into the span, and one before it. */
  private static final long BEFORE_MILLIS = 11_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Patience patience;

  FrameLog(Consumer<byte[], byte[]> consumer, Patience patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /**
   * The frames in the span and some from before and after it, in Kafka's order; none if there is
   * none in the span.
   */
  List<KeptFrame> read(String stream, Span span) throws ClipException {
    byte[] key = stream.getBytes(US_ASCII);
    for (TopicPartition partition : likelyFirst(key)) {
      List<KeptFrame> frames = read(partition, key, span);
      if (frames.stream().anyMatch(kept -> span.overlaps(kept.frame()))) {
        return frames;
      }
    }
    return List.of();
  }

  /** Where Kafka's own clients put the key; others have other rules. */
  private List<TopicPartition> likelyFirst(byte[] key) {
    List<TopicPartition> partitions = new ArrayList<>(Partitions.of(consumer, Topics.FRAMES));
    TopicPartition likely =
        partitions.get(Utils.toPositive(Utils.murmur2(key)) % partitions.size());
    partitions.remove(likely);
    partitions.add(0, likely);
    return partitions;
  }

  private List<KeptFrame> read(TopicPartition partition, byte[] key, Span span)
      throws ClipException {
    consumer.assign(List.of(partition));
    long from = Math.max(0, span.startMillis() - BEFORE_MILLIS);
    // The first record of that time or later, whatever the order of the records' times.
    OffsetAndTimestamp start = consumer.offsetsForTimes(Map.of(partition, from)).get(partition);
    List<KeptFrame> frames = new ArrayList<>();
    if (start == null) {
      return frames;
    }
    consumer.seek(partition, start.offset());
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    WindowEnd window = new WindowEnd(span);
    while (!window.isReached() && consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience.left())) {
        if (!window.isReached()) {
          take(record, key, frames, window);
        }
      }
    }
    return frames;
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record, byte[] key, List<KeptFrame> frames, WindowEnd window) {
    if (!Arrays.equals(record.key(), key)) {
      window.other(record.timestamp(), Math.max(0, record.serializedValueSize()));
      return;
    }
    try {
      Frame frame = Frame.read(record.key(), record.value(), record.headers(), record.timestamp());
      window.own(frame);
      frames.add(new KeptFrame(record.offset(), frame));
    } catch (BadFrameException e) {
      // A dead letter: the detector did not hear it either.
    }
  }
}
