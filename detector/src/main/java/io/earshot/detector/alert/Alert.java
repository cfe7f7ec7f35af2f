package io.earshot.detector.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An event as a subscriber gets it: what the event's record says, whatever that is, with {@code
 * subscription} and {@code suppressed}.
 *
 * @param body not to be changed
 * @param key names the alert for ever, however often it is sent
 */
record Alert(ObjectNode body, String key) {
  /** What is true of a made-up event, and absent from others. */
  static final String TEST = "test";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS = List.of("stream", "label", "onset");

  /** What can stand in a header. */
  private static final Pattern ID = Pattern.compile("[!-~]{1,200}");

  /** The alert of a record's value; null if that is no event. */
  static Alert read(byte[] value) {
    try {
      JsonNode node = value == null ? null : JSON.readTree(value);
      return node instanceof ObjectNode body && isEvent(body) ? of(body) : null;
    } catch (IOException e) {
      return null;
    }
  }

  static Alert of(ObjectNode event) {
    return new Alert(event, key(event));
  }

  private static boolean isEvent(ObjectNode body) {
    return ID.matcher(body.path("id").asText()).matches()
        && TEXTS.stream().allMatch(name -> body.path(name).isTextual())
        && isTime(body.path("onset").asText())
        && AlertState.of(body.path("state").asText()) != null
        && body.path("confidence").isNumber();
  }

  private static boolean isTime(String text) {
    try {
      var unused = Instant.parse(text).toEpochMilli();
      return true;
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
  }

  /** An event opens and closes once; each update is longer than the one before. */
  private static String key(ObjectNode event) {
    String id = event.path("id").asText();
    return switch (AlertState.of(event.path("state").asText())) {
      case OPEN -> id;
      case UPDATE -> id + ":update:" + event.path("duration_ms").asLong();
      case CLOSED -> id + ":closed";
    };
  }

  /** The same as the first that its subscriber hears of the event. */
  Alert asOpen() {
    return new Alert(body, id());
  }

  /**
   * The alert that goes out.
   *
   * @param suppressed events that the rate limit has kept back since the last alert
   */
  Alert to(String subscription, int suppressed) {
    ObjectNode addressed = body.deepCopy();
    addressed.put("subscription", subscription);
    addressed.put("suppressed", suppressed);
    return new Alert(addressed, key);
  }

  String id() {
    return body.path("id").asText();
  }

  String stream() {
    return body.path("stream").asText();
  }

  String label() {
    return body.path("label").asText();
  }

  AlertState state() {
    return AlertState.of(body.path("state").asText());
  }

  double confidence() {
    return body.path("confidence").asDouble();
  }

  /** When it began: milliseconds since 1970. */
  long onsetMillis() {
    return Instant.parse(body.path("onset").asText()).toEpochMilli();
  }

  byte[] json() {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot fail to be JSON", e);
    }
  }
}
