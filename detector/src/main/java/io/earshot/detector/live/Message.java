package io.earshot.detector.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Something to tell viewers, as it stands in a stream of server-sent events. One is made for all.
 *
 * @param sure whether no viewer may miss it; else the newest is enough
 * @param bytes nobody writes to them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Message(boolean sure, byte[] bytes) {
  /** A comment, so that nobody on the way takes the connection for dead. */
  static final Message ALIVE = of(false, ": alive\n\n");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One that may be missed. */
  static Message of(String name, Object value) {
    return of(false, "event: " + name + "\ndata: " + json(value) + "\n\n");
  }

  /** One that may not. */
  static Message sure(String name, Object value) {
    return of(true, "event: " + name + "\ndata: " + json(value) + "\n\n");
  }

  /**
   * A record as it was published; may not be missed.
   *
   * @param id what to ask with for what comes after it; null if that cannot be asked for
   * @param json on one line
   */
  static Message published(String name, String id, byte[] json) {
    String line = id == null ? "" : "id: " + id + "\n";
    return of(true, line + "event: " + name + "\ndata: " + new String(json, UTF_8) + "\n\n");
  }

  /** Tells nothing but how far the viewer has been told. */
  static Message mark(String id) {
    return of(true, "id: " + id + "\n\n");
  }

  private static Message of(boolean sure, String text) {
    return new Message(sure, text.getBytes(UTF_8));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message that is no JSON", e);
    }
  }
}
