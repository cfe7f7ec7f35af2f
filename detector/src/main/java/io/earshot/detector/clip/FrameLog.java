package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Reads a stream's frames out of {@code earshot.frames} by capture time. One thread. */
final class FrameLog {
  private final Consumer<byte[], byte[]> consumer;
  private final Patience patience;

  FrameLog(Consumer<byte[], byte[]> consumer, Patience patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /** Gives the clip the stream's frames from before the span to after it, in Kafka's order. */
  void read(String stream, Span span, ClipAssembler clip) throws ClipException {
    for (TopicPartition partition : likelyFirst(stream)) {
      OwnFrames frames = new OwnFrames(stream, span, clip);
      read(partition, span, frames);
      if (frames.any()) {
        return;
      }
    }
  }

  /** Where Kafka's own clients put the key; others have other rules. */
  private List<TopicPartition> likelyFirst(String stream) throws ClipException {
    List<TopicPartition> partitions = new ArrayList<>(Partitions.of(consumer, Topics.FRAMES));
    int hash = Utils.toPositive(Utils.murmur2(stream.getBytes(US_ASCII)));
    partitions.add(0, partitions.remove(hash % partitions.size()));
    return partitions;
  }

  private void read(TopicPartition partition, Span span, OwnFrames frames) throws ClipException {
    consumer.assign(List.of(partition));
    // The first record of that time or later, whatever the order of the records' times.
    OffsetAndTimestamp start =
        consumer.offsetsForTimes(Map.of(partition, Math.max(0, span.nearMillis()))).get(partition);
    if (start == null) {
      return;
    }
    consumer.seek(partition, start.offset());
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (!frames.isDone() && consumer.position(partition) < end) {
      consumer.poll(patience.left()).forEach(frames::take);
    }
  }
}
