package io.earshot.detector.live;

import io.earshot.producer.frame.BadFrameException;
import io.earshot.producer.frame.Frame;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Measures the sound that comes, while somebody watches. */
final class FrameFeed implements TopicTail.Reader {
  private final Levels levels;
  private final Board board;
  private final Audience audience;

  FrameFeed(Levels levels, Board board, Audience audience) {
    this.levels = levels;
    this.board = board;
    this.audience = audience;
  }

  @Override
  public boolean isWanted() {
    return !audience.isEmpty();
  }

  @Override
  public void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      Frame frame = Frame.read(record.key(), record.value(), record.headers(), record.timestamp());
      levels.add(frame);
      board.frame(
          frame.stream(),
          frame.captureMillis() * 1_000 + frame.durationMicros(),
          System.currentTimeMillis());
    } catch (BadFrameException e) {
      // The detector makes a dead letter of it.
    }
  }
}
