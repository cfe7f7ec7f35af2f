package io.earshot.detector.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ProxySelector;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.UUID;

/** Delivers one made-up event, once, whatever the subscription wants. */
public final class AlertTrial {
  private static final int DURATION_MS = 960;
  private static final double SCORE = 0.99;
  private static final double THRESHOLD = 0.5;

  private AlertTrial() {}

  /** Returns why it was not delivered; empty if it was. */
  public static String run(SubscriptionSettings settings, ProxySelector proxies, Instant now) {
    TargetSettings target =
        settings.target() instanceof MqttSettings mqtt ? mqtt.withoutTraces() : settings.target();
    try (Target opened = Targets.open(target, settings.name(), proxies)) {
      Alert alert = Alert.of(event(now)).to(settings.name(), 0);
      Outcome outcome = opened.send(alert).join();
      return outcome.kind() == Outcome.Kind.DELIVERED ? "" : outcome.reason();
    }
  }

  /** An event of the contract, marked as made up. */
  static ObjectNode event(Instant now) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("id", UUID.randomUUID().toString());
    event.put("state", AlertState.OPEN.text());
    event.put("stream", "test");
    event.put("label", "test");
    event.put("onset", new DateTimeFormatterBuilder().appendInstant(3).toFormatter().format(now));
    event.putNull("offset");
    event.put("onset_uncertainty_ms", DURATION_MS);
    event.putNull("offset_uncertainty_ms");
    event.put("duration_ms", DURATION_MS);
    event.putNull("ended_by");
    event.putNull("previous");
    event.put("confidence", SCORE);
    event.put("mean_confidence", SCORE);
    event.put("coverage", 1.0);
    event.put("level_dbfs", -20.0);
    event.putObject("model").put("name", "test").put("version", "1");
    event.put("threshold", THRESHOLD);
    event.putArray("top").addObject().put("label", "test").put("score", SCORE);
    addWhy(event.putObject("why"));
    event.put(Alert.TEST, true);
    return event;
  }

  private static void addWhy(ObjectNode why) {
    why.put("onset", THRESHOLD);
    why.put("offset", THRESHOLD);
    why.put("smoothing", "none");
    why.put("n_of_m", "1 of 1");
    why.put("min_duration_ms", 0);
    why.put("merge_gap_ms", 0);
    why.putNull("max_duration_ms");
    why.put("cooldown_ms", 0);
    why.putNull("floor_dbfs");
    why.putNull("peak_dbfs");
    why.putArray("scores").addObject().put("segment", 0).put("score", SCORE);
  }
}
