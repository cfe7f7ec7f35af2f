package io.earshot.detector.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a book of a topic that is not read from its beginning. One thread. */
final class BookKeeper {
  private static final Logger log = LoggerFactory.getLogger(BookKeeper.class);

  private final Book book;
  private final Finding.Reader reader;

  /** Of each partition, the offset behind what was taken. */
  private final Map<Integer, Long> taken = new HashMap<>();

  private final Set<Integer> cut = new HashSet<>();
  private boolean passedOver;

  BookKeeper(Book book, Finding.Reader reader) {
    this.book = book;
    this.reader = reader;
  }

  /**
   * Reading of a partition begins, or goes on.
   *
   * @param offset of the next record
   * @param first of all records that there are
   * @return whether there are records before that it was not given; {@link #passedOver} is next
   */
  boolean begin(int partition, long offset, long first) {
    boolean goesOn = taken.getOrDefault(partition, -1L) == offset;
    if (offset > first && !goesOn) {
      cut.add(partition);
    }
    return cut.contains(partition);
  }

  /** One of those before, of a clock that is far ahead. */
  void ahead(ConsumerRecord<byte[], byte[]> record) {
    Finding finding = reader.read(record.value());
    if (finding != null) {
      book.put(finding);
    }
  }

  /** What it was not given is of a time before that. */
  void passedOver(long endMillis) {
    book.wholeFrom(Place.at(endMillis + Finding.BEFORE_ONSET_MILLIS));
    cut.clear();
  }

  /** Takes the next record; gives what it has written down, or null if that is nothing. */
  Finding take(ConsumerRecord<byte[], byte[]> record) {
    taken.put(record.partition(), record.offset() + 1);
    Finding finding = reader.read(record.value());
    if (finding != null) {
      book.put(finding);
    } else {
      passOver(record);
    }
    return finding;
  }

  private void passOver(ConsumerRecord<byte[], byte[]> record) {
    String told =
        "{}: the record at partition {}, offset {} is not as its schema says, and is not shown";
    if (!passedOver) {
      passedOver = true;
      log.warn(told + "; of others there is no warning", place(record));
    } else {
      log.debug(told, place(record));
    }
  }

  private static Object[] place(ConsumerRecord<byte[], byte[]> record) {
    return new Object[] {record.topic(), record.partition(), record.offset()};
  }
}
