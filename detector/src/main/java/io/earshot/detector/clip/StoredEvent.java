package io.earshot.detector.clip;

import io.earshot.detector.event.Event;
import io.earshot.detector.event.JsonSerde;
import io.earshot.producer.frame.StreamId;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The last state of an event.
 *
 * @param json as it stands in {@code earshot.events}; nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody writes to it
public record StoredEvent(Event event, byte[] json) {
  /** The end of the year 9999, beyond which there is no RFC 3339. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private static final Deserializer<Event> JSON = JsonSerde.of(Event.class).deserializer();

  /**
   * Reads a record of {@code earshot.events}.
   *
   * @return null if it is no event with a stream and times: anybody can write there
   */
  public static StoredEvent read(byte[] json) {
    try {
      Event event = JSON.deserialize("", json);
      return event != null && isWhole(event) ? new StoredEvent(event, json) : null;
    } catch (UncheckedIOException | DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** Whether nothing about it will change. */
  public boolean isOver() {
    return Span.isOver(event);
  }

  private static boolean isWhole(Event event) {
    return event.id() != null
        && event.label() != null
        && event.model() != null
        && event.onset() != null
        && StreamId.isValid(event.stream())
        && Span.onsetMillis(event) >= -LAST_MILLIS
        && Span.offsetMillis(event) >= Span.onsetMillis(event)
        && Span.offsetMillis(event) <= LAST_MILLIS;
  }
}
