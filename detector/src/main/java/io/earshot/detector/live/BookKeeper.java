package io.earshot.detector.live;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps a book of a topic that is not read from its beginning. One thread. */
final class BookKeeper {
  private final Book book;
  private final Finding.Reader reader;
  private final Set<Integer> begun = new HashSet<>();
  private final Set<Integer> cut = new HashSet<>();

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
    }
    return finding;
  }
}
