package io.earshot.detector.live;

import io.earshot.detector.segment.SegmentHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells the patches of streams that somebody has chosen. */
final class PatchFeed implements TopicTail.Reader {
  private final Audience audience;

  PatchFeed(Audience audience) {
    this.audience = audience;
  }

  @Override
  public boolean isWanted() {
    return audience.hasChosen();
  }

  @Override
  public void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      String stream = SegmentHeaders.stream(record.key());
      if (audience.hasChosen(stream) && !SegmentHeaders.isEnd(record.headers())) {
        Patch patch = Patch.of(stream, SegmentHeaders.read(record.headers()), record.value());
        audience.tell(stream, Message.of("patch", patch));
      }
    } catch (IllegalArgumentException e) {
      // A stranger's; the inference worker makes a dead letter of it.
    }
  }
}
