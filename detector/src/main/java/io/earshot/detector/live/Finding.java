package io.earshot.detector.live;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.earshot.detector.clip.KafkaClips;
import io.earshot.detector.clip.StoredEvent;
import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.JsonSerde;
import io.earshot.producer.frame.StreamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * An event or a candidate, in the last state that is known of it.
 *
 * @param place where it stands among others; the same in all of its states
 * @param kind of an event its state, of a candidate its reason, as published
 * @param json what its topic's contract has, on one line; nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Finding(
    Place place, String stream, String label, String kind, double confidence, byte[] json) {
  /** Of an event that is over. */
  static final String CLOSED = "closed";

  /** An event has some 2,000 bytes; anybody can write there. */
  private static final int MOST_BYTES = 64 << 10;

  /** As in RFC 3339, which ends with the year 9999. */
  static final long LAST_MILLIS = 253_402_300_799_999L;

  /**
   * The first record of an event has the time of a segment that began before the onset by less than
   * this; so has that of a candidate.
   */
  static final long BEFORE_ONSET_MILLIS = 1_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Deserializer<Candidate> CANDIDATE =
      JsonSerde.of(Candidate.class).deserializer();

  /** Reads one topic's records. */
  public interface Reader {
    /** Null if it is none. */
    Finding read(byte[] json);
  }

  /** Reads a record of {@code earshot.events}; null if it is none, or lacks something. */
  static Finding event(byte[] json) {
    JsonNode given = tree(json);
    StoredEvent stored = given == null ? null : StoredEvent.read(json);
    if (stored == null || !isWhole(stored.event())) {
      return null;
    }
    Event event = stored.event();
    byte[] line = Contract.line(event, given);
    return line == null
        ? null
        : new Finding(
            Place.of(event.onset(), event.id()),
            event.stream(),
            event.label(),
            event.state().name().toLowerCase(Locale.ROOT),
            event.confidence(),
            line);
  }

  /** Reads a record of {@code earshot.candidates}; null if it is none, or lacks something. */
  static Finding candidate(byte[] json) {
    JsonNode given = tree(json);
    try {
      Candidate candidate = given == null ? null : CANDIDATE.deserialize("", json);
      byte[] line =
          candidate != null && isWhole(candidate) ? Contract.line(candidate, given) : null;
      return line == null
          ? null
          : new Finding(
              Place.of(candidate.onset(), candidate.id()),
              candidate.stream(),
              candidate.label(),
              candidate.reason().code(),
              candidate.confidence(),
              line);
    } catch (UncheckedIOException | DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** Null if it is no JSON, or has something behind it. */
  private static JsonNode tree(byte[] json) {
    if (json == null || json.length > MOST_BYTES) {
      return null;
    }
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isWhole(Event event) {
    boolean closed = event.state() == Event.State.CLOSED;
    return KafkaClips.isId(event.id()) && (!closed || event.offset() != null);
  }

  private static boolean isWhole(Candidate candidate) {
    return KafkaClips.isId(candidate.id())
        && candidate.reason() != null
        && candidate.label() != null
        && isTime(candidate.onset())
        && isTime(candidate.offset())
        && StreamId.isValid(candidate.stream());
  }

  private static boolean isTime(String text) {
    return text != null && Math.abs(Instant.parse(text).toEpochMilli()) <= LAST_MILLIS;
  }

  Instant onset() {
    return Instant.ofEpochMilli(place.onsetMillis());
  }

  /** Whether nothing about it will change. */
  boolean isOver() {
    return kind.equals(CLOSED);
  }
}
