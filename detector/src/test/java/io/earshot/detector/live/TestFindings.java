package io.earshot.detector.live;

import io.earshot.detector.clip.TestEvents;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events of a dog in the yard, and what is asked for. */
final class TestFindings {
  static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");
  static final Search ALL = search(50, null);

  private TestFindings() {}

  static String id(int number) {
    return "00000000-0000-3000-8000-%012d".formatted(number);
  }

  /** It begins so many seconds after T. */
  static byte[] closed(int number, int second) {
    Instant onset = T.plusSeconds(second);
    return TestEvents.json(id(number), "yard", onset, onset.plusMillis(960), 960);
  }

  static byte[] open(int number, int second) {
    return TestEvents.json(id(number), "yard", T.plusSeconds(second), null, 960);
  }

  static Search search(int limit, Place before) {
    return new Search(Set.of(), Set.of(), Set.of(), null, null, 0, before, limit);
  }

  static ConsumerRecord<byte[], byte[]> record(int partition, long offset, byte[] value) {
    return new ConsumerRecord<>("earshot.events", partition, offset, null, value);
  }
}
