package io.earshot.detector.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is asked for in a book, and what is older in its topic. Of those who ask for what is
 * older a few are served at once. Any thread.
 */
final class FindingLog {
  private static final Logger log = LoggerFactory.getLogger(FindingLog.class);
  private static final int AT_ONCE = 2;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Semaphore places = new Semaphore(AT_ONCE);

  FindingLog(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  Page find(String topic, Finding.Reader reader, Book book, Search search) throws SearchException {
    List<Finding> found = book.find(search);
    // Asked after that: what the book forgets meanwhile is read.
    Place whole = book.whole();
    boolean all = search.lower().compareTo(whole) >= 0 || whole.equals(Place.at(Long.MIN_VALUE));
    if (all || isFull(found, search.limit(), whole)) {
      return Page.of(found, search.limit(), null);
    }
    return read(topic, reader, search.before(whole)).with(found, search.limit());
  }

  /** Whether there are enough that none can be missing between. */
  private static boolean isFull(List<Finding> found, int limit, Place whole) {
    return found.size() > limit && found.get(limit).place().compareTo(whole) >= 0;
  }

  private Page read(String topic, Finding.Reader reader, Search search) throws SearchException {
    if (!places.tryAcquire()) {
      throw new SearchException("others are asking for old ones; try again in a second", null);
    }
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = consumers.get();
      return new TopicSearch(consumer, topic, reader, search).run();
    } catch (KafkaException e) {
      log.debug("a search failed", e);
      throw new SearchException("Kafka does not answer; try again later", e);
    } finally {
      places.release();
      if (consumer != null) {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
      }
    }
  }
}
