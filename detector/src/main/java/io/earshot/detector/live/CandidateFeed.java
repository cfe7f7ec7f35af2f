package io.earshot.detector.live;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the newest candidates, and tells viewers what comes. One thread. */
final class CandidateFeed implements TopicTail.Reader {
  private final BookKeeper keeper;
  private final Audience audience;
  private boolean caughtUp;

  CandidateFeed(BookKeeper keeper, Audience audience) {
    this.keeper = keeper;
    this.audience = audience;
  }

  @Override
  public boolean begin(int partition, long offset, long first) {
    return keeper.begin(partition, offset, first);
  }

  @Override
  public void ahead(ConsumerRecord<byte[], byte[]> record) {
    keeper.ahead(record);
  }

  @Override
  public void passedOver(long endMillis) {
    keeper.passedOver(endMillis);
  }

  @Override
  public void take(ConsumerRecord<byte[], byte[]> record) {
    Finding candidate = keeper.take(record);
    if (candidate != null && caughtUp && !audience.isEmpty()) {
      audience.tellAll(Message.published("candidate", null, candidate.json()));
    }
  }

  @Override
  public void caughtUp() {
    caughtUp = true;
  }
}
