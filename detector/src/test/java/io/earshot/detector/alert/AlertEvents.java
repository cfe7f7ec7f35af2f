package io.earshot.detector.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Events for tests: those of the contract with what a test names. */
final class AlertEvents {
  private AlertEvents() {}

  static ObjectNode event(String id, String state, String stream, String label, double score) {
    ObjectNode event = AlertTrial.event(Instant.parse("2026-01-02T03:04:05.678Z"));
    event.remove(Alert.TEST);
    event.put("id", id);
    event.put("state", state);
    event.put("stream", stream);
    event.put("label", label);
    event.put("confidence", score);
    return event;
  }

  static Alert alert(String id, String state, String stream, String label, double score) {
    return Alert.of(event(id, state, stream, label, score));
  }

  /** The opening of an event of its own. */
  static Alert open(String id) {
    return alert(id, "open", "yard", "dog", 0.9);
  }
}
