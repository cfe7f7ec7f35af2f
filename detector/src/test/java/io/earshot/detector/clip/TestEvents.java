package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.event.Event;
import io.earshot.detector.event.JsonSerde;
import java.time.Instant;

/** Events as they stand in {@code earshot.events}: barks, of the model base 1. */
public final class TestEvents {
  public static final Event.Model MODEL = new Event.Model("base", "1");

  private TestEvents() {}

  /**
   * Reads one from JSON.
   *
   * @param offset null while it is open
   * @param durationMs as far as is known
   */
  public static Event bark(
      String id, String stream, Instant onset, Instant offset, long durationMs) {
    return JsonSerde.of(Event.class)
        .deserializer()
        .deserialize("", json(id, stream, onset, offset, durationMs));
  }

  public static byte[] json(
      String id, String stream, Instant onset, Instant offset, long durationMs) {
    return """
        {"id":"%s","state":"%s","stream":"%s","label":"dog_bark","onset":"%s","offset":%s,
        "duration_ms":%d,"confidence":0.9,"mean_confidence":0.8,"coverage":1.0,"level_dbfs":-20.5,
        "model":{"name":"base","version":"1"},"threshold":0.5,"top":[
        {"label":"dog_bark","score":0.9},{"label":"speech","score":0.2},{"label":"rain","score":0.1},
        {"label":"siren","score":0.05},{"label":"background","score":0.01}]}
        """
        .formatted(
            id,
            offset == null ? "open" : "closed",
            stream,
            onset,
            offset == null ? "null" : "\"" + offset + "\"",
            durationMs)
        .getBytes(UTF_8);
  }
}
