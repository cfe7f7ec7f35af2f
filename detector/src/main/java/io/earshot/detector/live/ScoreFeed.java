package io.earshot.detector.live;

import io.earshot.detector.event.EventRules;
import io.earshot.detector.segment.SegmentHeaders;
import io.earshot.models.feature.Segment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Keeps the board of streams, and tells the best labels of those that somebody has chosen; while
 * somebody watches, or has asked for the board a short time ago. Any thread.
 */
final class ScoreFeed implements TopicTail.Reader {
  private static final long KEPT_MILLIS = 60_000;

  private final EventRules rules;
  private final Board board;
  private final Audience audience;
  private long askedMillis = Long.MIN_VALUE;
  private boolean caughtUp;

  ScoreFeed(EventRules rules, Board board, Audience audience) {
    this.rules = rules;
    this.board = board;
    this.audience = audience;
  }

  /** Somebody wants the board. */
  synchronized void ask() {
    askedMillis = System.currentTimeMillis();
  }

  @Override
  public synchronized boolean isWanted() {
    return !audience.isEmpty() || System.currentTimeMillis() < askedMillis + KEPT_MILLIS;
  }

  @Override
  public synchronized void caughtUp() {
    caughtUp = true;
  }

  @Override
  public synchronized void rest() {
    caughtUp = false;
  }

  private synchronized boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      String stream = SegmentHeaders.stream(record.key());
      if (SegmentHeaders.isEnd(record.headers())) {
        board.ended(stream);
      } else {
        take(stream, record, isCaughtUp());
      }
    } catch (IllegalArgumentException e) {
      // A stranger's; the event stage makes a dead letter of it.
    }
  }

  private void take(String stream, ConsumerRecord<byte[], byte[]> record, boolean live) {
    Segment segment = SegmentHeaders.read(record.headers());
    long now = System.currentTimeMillis();
    board.heard(stream, segment, live ? now : Math.min(now, record.timestamp()));
    if (live && audience.hasChosen(stream) && !SegmentHeaders.isUnscored(record.headers())) {
      Scores scores = Scores.of(rules, stream, segment, record.headers(), record.value());
      audience.tell(stream, Message.of("scores", scores));
    }
  }
}
