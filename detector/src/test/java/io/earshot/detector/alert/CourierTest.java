package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierTest {
  private static final TopicPartition P0 = new TopicPartition("events", 0);
  private static final TopicPartition P1 = new TopicPartition("events", 1);
  private static final long LONG = 5_000;

  @TempDir private Path folder;
  private final CountingMetrics metrics = new CountingMetrics();
  private final FakeTarget target = new FakeTarget();
  private Path letters;
  private Courier courier;

  /** Answers what a test has planned; delivers where nothing is planned. */
  private static final class FakeTarget implements Target {
    final Deque<CompletableFuture<Outcome>> plan = new ArrayDeque<>();
    final List<String> sent = new ArrayList<>();
    final List<JsonNode> bodies = new ArrayList<>();

    void plan(Outcome... outcomes) {
      for (Outcome outcome : outcomes) {
        plan.add(CompletableFuture.completedFuture(outcome));
      }
    }

    int forgotten;
    boolean broken;

    @Override
    public void forget() {
      forgotten++;
    }

    @Override
    public void idle() {
      if (broken) {
        throw new IllegalStateException("idle");
      }
    }

    @Override
    public CompletableFuture<Outcome> send(Alert alert) {
      if (broken) {
        throw new IllegalArgumentException("port out of range: 70000");
      }
      sent.add(alert.key());
      bodies.add(alert.body());
      return plan.isEmpty()
          ? CompletableFuture.completedFuture(Outcome.DELIVERED)
          : plan.removeFirst();
    }
  }

  @BeforeEach
  void make() {
    letters = folder.resolve("deep/door.jsonl");
    courier = courier(RateLimit.NONE, letters);
  }

  @Test
  void whatIsOwedIsDeliveredInOrderAndThenDone() throws Exception {
    add(P0, 7, "a");
    add(P1, 3, "b");
    add(P0, 8, "c");
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "b", "c");
    assertThat(courier.isIdle()).isTrue();
    assertThat(courier.takeDone()).isEqualTo(Map.of(P0, 9L, P1, 4L));
    assertThat(courier.takeDone()).isEmpty();
    assertThat(target.bodies.get(0).get("subscription").asText()).isEqualTo("door");
    assertThat(metrics.counts()).isEqualTo(Map.of("door delivered", 3));
  }

  @Test
  void nothingIsDoneBeforeItsDeliveryHasSucceeded() throws Exception {
    CompletableFuture<Outcome> slow = new CompletableFuture<>();
    target.plan.add(slow);
    add(P0, 7, "a");
    add(P0, 8, "b");
    courier.work(50);
    assertThat(target.sent).containsExactly("a");
    assertThat(courier.takeDone()).isEmpty();
    slow.complete(Outcome.failed("HTTP 500"));
    courier.work(0);
    assertThat(courier.takeDone()).isEmpty();
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "a", "b");
    assertThat(courier.takeDone()).isEqualTo(Map.of(P0, 9L));
    assertThat(metrics.counts()).isEqualTo(Map.of("door delivered", 2, "door retried", 1));
  }

  @Test
  void afterTheLastAttemptItIsADeadLetterAndTheNextOneComes() throws Exception {
    target.plan(Outcome.failed("one"), Outcome.failed("two"), Outcome.failed("HTTP 503"));
    add(P0, 7, "a");
    add(P0, 8, "b");
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "a", "a", "b");
    assertThat(courier.takeDone()).isEqualTo(Map.of(P0, 9L));
    JsonNode letter = letters().get(0);
    assertThat(letter.get("subscription").asText()).isEqualTo("door");
    assertThat(letter.get("reason").asText()).isEqualTo("HTTP 503");
    assertThat(letter.get("attempts").asInt()).isEqualTo(3);
    assertThat(letter.get("event").get("id").asText()).isEqualTo("a");
    assertThat(letter.get("event")).isEqualTo(target.bodies.get(0));
    assertThat(metrics.counts())
        .isEqualTo(Map.of("door dead_letter", 1, "door delivered", 1, "door retried", 2));
  }

  @Test
  void whatIsRefusedIsADeadLetterAtOnceAndLettersAreAppended() throws Exception {
    target.plan(Outcome.refused("HTTP 404"), Outcome.refused("HTTP 410"));
    add(P0, 7, "a");
    add(P0, 8, "b");
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "b");
    assertThat(letters())
        .extracting(l -> l.get("event").get("id").asText())
        .containsExactly("a", "b");
  }

  @Test
  void whatCannotEvenBeWrittenDownIsStillOwed() throws Exception {
    Path blocked = Files.writeString(folder.resolve("file"), "");
    courier = courier(RateLimit.NONE, blocked.resolve("door.jsonl"));
    target.plan(Outcome.refused("HTTP 404"));
    add(P0, 7, "a");
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "a");
    assertThat(courier.takeDone()).isEqualTo(Map.of(P0, 8L));
    assertThat(metrics.counts()).isEqualTo(Map.of("door delivered", 1));
  }

  @Test
  void theNextAlertSaysHowManyWereSuppressed() throws Exception {
    courier = courier(new RateLimit(1, Duration.ofMinutes(1), RateLimit.Per.ALL), letters);
    add(P0, 1, "a");
    add(P0, 2, "b");
    add(P0, 3, "c");
    courier.work(LONG);
    assertThat(courier.takeDone()).as("also what is suppressed is done").isEqualTo(Map.of(P0, 4L));
    add(P0, 4, "d", "2026-01-02T03:05:05.678Z");
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "d");
    assertThat(target.bodies).extracting(b -> b.get("suppressed").asInt()).containsExactly(0, 2);
    assertThat(metrics.counts()).isEqualTo(Map.of("door delivered", 2, "door suppressed", 2));
  }

  /** One a minute for an hour was never too much, also if all come at once after it. */
  @Test
  void theLimitGoesByWhenEventsWereAndNotByWhenTheyAreDelivered() throws Exception {
    courier = courier(new RateLimit(1, Duration.ofMinutes(1), RateLimit.Per.ALL), letters);
    for (TopicPartition partition : List.of(P0, P1)) {
      for (int minute = partition.partition(); minute < 60; minute += 2) {
        String onset = "2026-01-02T03:%02d:00Z".formatted(minute);
        add(partition, minute, "m" + minute, onset);
      }
    }
    courier.work(LONG);
    assertThat(target.sent).hasSize(60);
    assertThat(metrics.counts()).isEqualTo(Map.of("door delivered", 60));
  }

  /** A clock that is wrong by years must not have all others suppressed from then on. */
  @Test
  void noEventIsTakenForLaterThanItIs() throws Exception {
    courier = courier(new RateLimit(1, Duration.ofMillis(50), RateLimit.Per.ALL), letters);
    add(P0, 1, "a", "2999-01-01T00:00:00Z");
    courier.work(LONG);
    Thread.sleep(60);
    add(P0, 2, "b", "2999-01-01T00:00:00Z");
    add(P0, 3, "c", "0001-01-01T00:00:00Z");
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "b", "c");
  }

  @Test
  void whatATargetThrowsIsAnAttemptLikeOthers() throws Exception {
    target.broken = true;
    add(P0, 7, "a");
    courier.idle();
    courier.work(LONG);
    assertThat(courier.takeDone()).isEqualTo(Map.of(P0, 8L));
    assertThat(letters().get(0).get("reason").asText()).isEqualTo("IllegalArgumentException");
    assertThat(letters().get(0).get("attempts").asInt()).isEqualTo(3);
    assertThat(metrics.counts()).isEqualTo(Map.of("door dead_letter", 1, "door retried", 2));
  }

  @Test
  void whatIsNotWantedOrNoEventIsDoneUntold() throws Exception {
    courier.add(new Courier.Owed(P0, 1, null));
    courier.add(new Courier.Owed(P0, 2, AlertEvents.alert("a", "closed", "yard", "dog", 1)));
    courier.work(LONG);
    assertThat(target.sent).isEmpty();
    assertThat(courier.takeDone()).isEqualTo(Map.of(P0, 3L));
    assertThat(metrics.counts()).isEqualTo(Map.of("door no_event", 1));
  }

  @Test
  void whatOthersWillDeliverIsForgotten() throws Exception {
    target.plan.add(new CompletableFuture<>());
    add(P0, 7, "a");
    add(P1, 3, "b");
    add(P0, 8, "c");
    courier.work(20);
    assertThat(target.forgotten).isZero();
    courier.drop(List.of(P0));
    assertThat(target.forgotten).isEqualTo(1);
    courier.work(LONG);
    assertThat(target.sent).containsExactly("a", "b");
    assertThat(courier.takeDone()).isEqualTo(Map.of(P1, 4L));
  }

  @Test
  void anAttemptUnderWayGetsALastMoment() throws Exception {
    CompletableFuture<Outcome> slow = new CompletableFuture<>();
    target.plan.add(slow);
    add(P0, 7, "a");
    courier.work(20);
    slow.completeAsync(
        () -> Outcome.DELIVERED,
        CompletableFuture.delayedExecutor(100, java.util.concurrent.TimeUnit.MILLISECONDS));
    courier.finish(LONG);
    assertThat(courier.takeDone()).isEqualTo(Map.of(P0, 8L));
  }

  private Courier courier(RateLimit limit, Path file) {
    SubscriptionSettings settings =
        new SubscriptionSettings(
            "door",
            new AlertFilter(List.of(), List.of(), 0, Set.of(AlertState.OPEN)),
            limit,
            new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(40)),
            file,
            new ExecSettings(List.of("true"), Duration.ofSeconds(1)));
    return new Courier(settings, target, metrics, () -> System.nanoTime() / 1_000_000);
  }

  private void add(TopicPartition partition, long offset, String id) {
    courier.add(new Courier.Owed(partition, offset, AlertEvents.open(id)));
  }

  private void add(TopicPartition partition, long offset, String id, String onset) {
    Alert alert = Alert.of(AlertEvents.event(id, "open", "yard", "dog", 0.9).put("onset", onset));
    courier.add(new Courier.Owed(partition, offset, alert));
  }

  private List<JsonNode> letters() throws Exception {
    List<JsonNode> read = new ArrayList<>();
    for (String line : Files.readAllLines(letters)) {
      read.add(new ObjectMapper().readTree(line));
    }
    return read;
  }
}
