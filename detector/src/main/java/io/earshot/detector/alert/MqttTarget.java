package io.earshot.detector.alert;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes alerts to an MQTT broker, to which it stays connected also while there are none: the
 * status topic says online for as long, and offline, as the last will, when it is gone.
 *
 * <p>A connection that has failed is followed by another, on which all that the broker is to keep
 * is told again, beside the alerts that come.
 */
final class MqttTarget implements Target {
  static final String ONLINE = "online";
  static final String OFFLINE = "offline";

  private static final Logger log = LoggerFactory.getLogger(MqttTarget.class);
  private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long STATUS_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long GOODBYE_MILLIS = 2_000;

  private final MqttSettings settings;
  private final String subscription;
  private final Supplier<MqttLink> links;
  private final LongSupplier nanos;
  private final MqttRetained retained = new MqttRetained();

  /** How often: an alert that has waited for the connection until after it may be out of date. */
  private final AtomicInteger forgotten = new AtomicInteger();

  private CompletableFuture<MqttLink> connection;
  private long connectedNanos;
  private long saidNanos;
  private boolean complained;

  MqttTarget(MqttSettings settings, String subscription) {
    this(settings, subscription, links(settings, subscription), System::nanoTime);
  }

  /**
   * @param nanos a clock that nobody sets
   */
  MqttTarget(
      MqttSettings settings, String subscription, Supplier<MqttLink> links, LongSupplier nanos) {
    this.settings = settings;
    this.subscription = subscription;
    this.links = links;
    this.nanos = nanos;
    this.connectedNanos = nanos.getAsLong() - RECONNECT_NANOS;
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
    int before = forgotten.get();
    return connected()
        .thenCompose(
            link ->
                forgotten.get() == before
                    ? publish(link, alert)
                    : CompletableFuture.failedFuture(new IllegalStateException("given to others")))
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handle((sent, failure) -> failure == null ? Outcome.DELIVERED : failed(failure));
  }

  @Override
  public void idle() {
    if (isDown()) {
      if (nanos.getAsLong() - connectedNanos >= RECONNECT_NANOS) {
        var unused = connected().whenComplete(this::tell);
      }
    } else if (nanos.getAsLong() - saidNanos >= STATUS_NANOS) {
      sayAgain();
    }
  }

  /** Another process that has ended may have said offline for all. */
  private synchronized void sayAgain() {
    if (!isDown()) {
      saidNanos = nanos.getAsLong();
      var unused = connection.thenCompose(link -> say(link, ONLINE));
    }
  }

  @Override
  public void forget() {
    forgotten.incrementAndGet();
    retained.forget();
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
      connectedNanos = nanos.getAsLong();
      saidNanos = connectedNanos;
      MqttLink link = links.get();
      connection =
          link.connect()
              .thenCompose(up -> say(link, ONLINE))
              .thenApply(said -> link)
              .orTimeout(2 * settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((up, failure) -> begin(link, failure));
    }
    return connection.copy();
  }

  /** Nobody waits until all is told again: it may be much, and the connection slow. */
  private void begin(MqttLink link, Throwable failure) {
    if (failure == null) {
      retained.repeat(link);
    } else {
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
    CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
    for (MqttMessage message : sensor(topic, alert)) {
      sent = sent.thenCompose(before -> retained.publish(link, message));
    }
    MqttMessage last = new MqttMessage(topic, alert.body().toString(), settings.retain());
    return sent.thenCompose(before -> MqttRefused.publish(link, last));
  }

  /** What Home Assistant is told: its sensor's state, and before the first of the sensor. */
  private List<MqttMessage> sensor(String topic, Alert alert) {
    if (settings.discoveryPrefix().isEmpty()) {
      return List.of();
    }
    MqttMessage discovery = HomeAssistant.discovery(settings, topic, alert);
    MqttMessage state = HomeAssistant.state(topic, alert);
    return retained.holds(discovery.topic()) ? List.of(state) : List.of(discovery, state);
  }

  private Outcome failed(Throwable failure) {
    Throwable cause = MqttRefused.cause(failure);
    if (cause instanceof MqttRefused) {
      return Outcome.refused(cause.getMessage());
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
      String reason = reason(MqttRefused.cause(failure));
      log.warn("alerts {}: no connection: {}; tried again", subscription, reason);
    }
    complained = failure != null;
  }
}
