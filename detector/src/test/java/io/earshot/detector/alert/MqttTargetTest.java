package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MqttTargetTest {
  private static final MqttSettings SETTINGS =
      new MqttSettings(
          URI.create("mqtt://127.0.0.1"),
          5,
          "",
          "",
          "",
          "earshot/{stream}/{label}",
          1,
          false,
          "homeassistant",
          "earshot/status",
          Duration.ofSeconds(2));

  private final List<FakeLink> links = new CopyOnWriteArrayList<>();
  private long nanos = 5;
  private boolean slow;
  private CompletableFuture<Void> connecting = CompletableFuture.completedFuture(null);
  private final MqttTarget target = new MqttTarget(SETTINGS, "home", this::link, () -> nanos);

  /** A broker that takes what it is given at once, or what is about a sensor after 20 ms. */
  private final class FakeLink implements MqttLink {
    final List<String> published = new CopyOnWriteArrayList<>();
    volatile boolean connected = true;

    @Override
    public CompletableFuture<Void> connect() {
      return connecting;
    }

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public CompletableFuture<Void> publish(MqttMessage message) {
      if (!connected) {
        return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
      }
      published.add(message.topic() + " " + message.payload());
      CompletableFuture<Void> sent = new CompletableFuture<>();
      return slow && message.retained()
          ? sent.completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> disconnect() {
      connected = false;
      return CompletableFuture.completedFuture(null);
    }

    long count(String line) {
      return published.stream().filter(line::equals).count();
    }
  }

  private MqttLink link() {
    links.add(new FakeLink());
    return links.get(links.size() - 1);
  }

  /** 2,000 messages of 20 ms each take 5 s if eight are on their way at once. */
  @Test
  void whatTheBrokerIsToldAgainHoldsUpNoAlert() {
    for (int i = 0; i < 1_000; i++) {
      send("open", "label-" + i);
    }
    links.get(0).connected = false;
    slow = true;
    long began = System.nanoTime();
    assertThat(send("closed", "label-999")).isEqualTo(Outcome.DELIVERED);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    FakeLink second = links.get(1);
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> second.count("earshot/yard/label-998/state ON") == 1);
    Awaitility.await()
        .until(
            () -> second.published.stream().filter(l -> l.contains("/config ")).count() == 1_000);
    assertThat(second.count("earshot/yard/label-999/state ON")).as("out of date").isZero();
    assertThat(second.count("earshot/yard/label-999/state OFF")).isPositive();
    assertThat(second.published.get(0)).isEqualTo("earshot/status online");
  }

  @Test
  void whatOthersNowDeliverIsNotToldAgain() {
    send("open", "dog");
    target.forget();
    links.get(0).connected = false;
    nanos += TimeUnit.SECONDS.toNanos(4);
    target.idle();
    assertThat(links.get(1).published).containsExactly("earshot/status online");
    send("closed", "dog");
    assertThat(links.get(1).published)
        .hasSize(4)
        .anyMatch(line -> line.startsWith("homeassistant/"))
        .contains("earshot/yard/dog/state OFF");
  }

  @Test
  void whatHasWaitedUntilOthersDeliverIsNotSent() {
    connecting = new CompletableFuture<>();
    CompletableFuture<Outcome> sent = target.send(AlertEvents.alert("7", "open", "yard", "dog", 1));
    target.forget();
    connecting.complete(null);
    assertThat(sent.join().kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(links.get(0).published).containsExactly("earshot/status online");
  }

  /** A process that shares the status and has ended has said that it is offline. */
  @Test
  void itIsSaidEachMinuteThatThisOneIsOnline() {
    target.idle();
    for (int seconds = 1; seconds <= 180; seconds++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      target.idle();
    }
    assertThat(links).hasSize(1);
    assertThat(links.get(0).count("earshot/status online")).isEqualTo(4);
  }

  private Outcome send(String state, String label) {
    return target.send(AlertEvents.alert("7", state, "yard", label, 1)).join();
  }
}
