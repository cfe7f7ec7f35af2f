package io.earshot.detector.live;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a book of a topic that is not read from its beginning. One thread. */
final class BookKeeper {
  private static final Logger log = LoggerFactory.getLogger(BookKeeper.class);

  private final Book book;
  private final Finding.Reader reader;
  private final Set<Integer> begun = new HashSet<>();
  private final Set<Integer> cut = new HashSet<>();
  private boolean passedOver;

  BookKeeper(Book book, Finding.Reader reader) {
    this.book = book;
    this.reader = reader;
  }

  /**
   * Reading of a partition begins, or goes on.
   *
   * @param late whether there are records before
   */
  void begin(int partition, boolean late) {
    if (begun.add(partition) && late) {
      cut.add(partition);
    }
  }

  /** Takes the next record; gives what it has written down, or null if that is nothing. */
  Finding take(ConsumerRecord<byte[], byte[]> record) {
    if (cut.remove(record.partition())) {
      // What was published before began before.
      book.wholeFrom(Place.at(record.timestamp()));
    }
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
