package io.earshot.detector.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Keeps the newest events, and tells viewers what comes, none of them anything twice or not at all.
 * Any thread.
 */
final class EventFeed implements TopicTail.Reader {
  private final BookKeeper keeper;
  private final Resend resend;
  private final Map<Viewer, Positions> waiting = new LinkedHashMap<>();
  private final Set<Viewer> told = ConcurrentHashMap.newKeySet();
  private boolean caughtUp;

  EventFeed(BookKeeper keeper, int kept) {
    this.keeper = keeper;
    this.resend = new Resend(kept);
  }

  /**
   * Tells the viewer what has come since, and from now on whatever comes. When the process has just
   * begun, that is as soon as it knows what there is.
   *
   * @param since null for what comes from now on
   */
  synchronized void join(Viewer viewer, Positions since) {
    if (caughtUp) {
      begin(viewer, since);
    } else {
      waiting.put(viewer, since);
    }
  }

  synchronized void leave(Viewer viewer) {
    waiting.remove(viewer);
    told.remove(viewer);
  }

  @Override
  public synchronized boolean begin(int partition, long offset, long first) {
    resend.begin(partition, offset);
    return keeper.begin(partition, offset, first);
  }

  @Override
  public synchronized void ahead(ConsumerRecord<byte[], byte[]> record) {
    keeper.ahead(record);
  }

  @Override
  public synchronized void passedOver(long endMillis) {
    keeper.passedOver(endMillis);
  }

  @Override
  public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
    Finding event = keeper.take(record);
    if (event != null) {
      resend.add(record.partition(), record.offset(), event.json());
      tell(event.json());
    } else {
      resend.pass(record.partition(), record.offset());
    }
  }

  @Override
  public synchronized void caughtUp() {
    caughtUp = true;
    waiting.forEach(this::begin);
    waiting.clear();
  }

  private void tell(byte[] json) {
    if (!told.isEmpty()) {
      Message message = resend.message(json);
      told.forEach(viewer -> viewer.tell(message));
    }
  }

  private void begin(Viewer viewer, Positions since) {
    if (since == null) {
      viewer.tell(resend.mark());
    } else {
      resend.since(since).forEach(viewer::tell);
    }
    told.add(viewer);
  }
}
