package io.earshot.detector.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes alerts to an MQTT broker, to which it stays connected also while there are none: the
 * status topic says online for as long, and offline, as the last will, when it is gone.
 *
 * <p>A connection that has failed is followed by another, with all that the first had told.
 */
final class MqttTarget implements Target {
  static final String ONLINE = "online";
  static final String OFFLINE = "offline";

  private static final Logger log = LoggerFactory.getLogger(MqttTarget.class);
  private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long GOODBYE_MILLIS = 2_000;
  private static final int MOST_KEPT = 20_000;

  private final MqttSettings settings;
  private final String subscription;
  private final Supplier<MqttLink> links;

  /** By topic, what the broker is to keep; one that is new or has lost it is told again. */
  private final Map<String, MqttMessage> kept = new ConcurrentHashMap<>();

  private CompletableFuture<MqttLink> connection;
  private long connectedNanos = System.nanoTime() - RECONNECT_NANOS;
  private boolean complained;

  MqttTarget(MqttSettings settings, String subscription) {
    this(settings, subscription, links(settings, subscription));
  }

  MqttTarget(MqttSettings settings, String subscription, Supplier<MqttLink> links) {
    this.settings = settings;
    this.subscription = subscription;
    this.links = links;
  }

  /** Two processes under one name would have the broker throw out each other for ever. */
  private static Supplier<MqttLink> links(MqttSettings settings, String subscription) {
    String id =
        settings.clientId().isEmpty()
            ? "earshot-" + subscription + "-" + UUID.randomUUID().toString().substring(0, 8)
            : settings.clientId();
    return () ->
        settings.version() == 5 ? new Mqtt5Link(settings, id) : new Mqtt3Link(settings, id);
  }

  @Override
  public CompletableFuture<Outcome> send(Alert alert) {
    return connected()
        .thenCompose(link -> publish(link, alert))
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handle((sent, failure) -> failure == null ? Outcome.DELIVERED : failed(failure));
  }

  @Override
  public void idle() {
    if (isDown() && System.nanoTime() - connectedNanos >= RECONNECT_NANOS) {
      var unused = connected().whenComplete(this::tell);
    }
  }

  @Override
  public void close() {
    // Whatever comes of it: without a goodbye the broker says so itself.
    take()
        .thenCompose(
            link -> say(link, OFFLINE).handle((said, e) -> link).thenCompose(MqttLink::disconnect))
        .exceptionally(e -> null)
        .completeOnTimeout(null, GOODBYE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }

  /** The connection, which is then the caller's alone; fails if there is none. */
  private synchronized CompletableFuture<MqttLink> take() {
    CompletableFuture<MqttLink> taken =
        connection == null
            ? CompletableFuture.failedFuture(new IllegalStateException("not connected"))
            : connection;
    connection = null;
    return taken;
  }

  private synchronized boolean isDown() {
    return connection == null
        || connection.isCompletedExceptionally()
        || (connection.isDone() && !connection.join().isConnected());
  }

  private synchronized CompletableFuture<MqttLink> connected() {
    if (isDown()) {
      connectedNanos = System.nanoTime();
      MqttLink link = links.get();
      connection =
          link.connect()
              .thenCompose(up -> say(link, ONLINE))
              .thenCompose(said -> publish(link, List.copyOf(kept.values())))
              .thenApply(told -> link)
              .orTimeout(2 * settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((up, failure) -> leave(link, failure));
    }
    return connection.copy();
  }

  private static void leave(MqttLink link, Throwable failure) {
    if (failure != null) {
      var unused = link.disconnect();
    }
  }

  private CompletableFuture<Void> say(MqttLink link, String status) {
    return settings.statusTopic().isEmpty()
        ? CompletableFuture.completedFuture(null)
        : link.publish(MqttMessage.retained(settings.statusTopic(), status));
  }

  private CompletableFuture<Void> publish(MqttLink link, Alert alert) {
    String topic = TopicTemplate.fill(settings.topic(), alert);
    List<MqttMessage> sensor = sensor(topic, alert);
    List<MqttMessage> messages = new ArrayList<>(sensor);
    messages.add(new MqttMessage(topic, alert.body().toString(), settings.retain()));
    return publish(link, messages).thenRun(() -> sensor.forEach(this::keep));
  }

  /** What Home Assistant is told: its sensor's state, and before the first of the sensor. */
  private List<MqttMessage> sensor(String topic, Alert alert) {
    if (settings.discoveryPrefix().isEmpty()) {
      return List.of();
    }
    MqttMessage discovery = HomeAssistant.discovery(settings, topic, alert);
    MqttMessage state = HomeAssistant.state(topic, alert);
    return kept.containsKey(discovery.topic()) ? List.of(state) : List.of(discovery, state);
  }

  private void keep(MqttMessage message) {
    if (kept.size() < MOST_KEPT || kept.containsKey(message.topic())) {
      kept.put(message.topic(), message);
    }
  }

  private static CompletableFuture<Void> publish(MqttLink link, List<MqttMessage> messages) {
    CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
    for (MqttMessage message : messages) {
      sent = sent.thenCompose(before -> link.publish(message));
    }
    return sent;
  }

  private Outcome failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof MqttRefused) {
      return Outcome.refused(cause.getMessage());
    }
    if (cause instanceof IllegalArgumentException) {
      return Outcome.refused("MQTT has no such topic");
    }
    drop();
    return Outcome.failed(reason(cause));
  }

  private String reason(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "no answer within " + settings.timeout().toMillis() + " ms";
    }
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** What was on its way may have gone missing, and with it what the sensors need. */
  private void drop() {
    var unused = take().thenCompose(MqttLink::disconnect);
  }

  private synchronized void tell(MqttLink link, Throwable failure) {
    if (failure != null && !complained) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      log.warn("alerts {}: no connection: {}; tried again", subscription, reason(cause));
    }
    complained = failure != null;
  }
}
