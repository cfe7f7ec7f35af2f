package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions on a broker: what is owed is delivered, whatever happens to whom. */
class AlertsIT {
  private static final ProxySelector DIRECT = ProxySelector.of(null);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static EmbeddedBroker broker;
  private static Map<String, Object> kafka;
  private static KafkaProducer<String, byte[]> producer;

  @TempDir private Path folder;
  private final CountingMetrics metrics = new CountingMetrics();
  private WebhookReceiver receiver;

  @BeforeAll
  static void startBroker(@TempDir Path data) throws Exception {
    broker = EmbeddedBroker.start(data, 0);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      Topics.create(admin, 4, Map.of());
    }
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "acks",
                "all",
                "max.in.flight.requests.per.connection",
                1),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    broker.close();
  }

  @BeforeEach
  void startReceiver() throws Exception {
    receiver = WebhookReceiver.start();
  }

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  @Test
  void aNewSubscriptionBeginsWithWhatComesAndAnOldOneGoesOnWhereItWas() throws Exception {
    publish("before", 1, 8);
    SubscriptionSettings settings = webhook("goes-on", receiver);
    Alerts first = alerts(settings);
    first.start();
    awaitMember(settings);
    publish("during", 1, 8);
    awaitIds(receiver, ids("during", 1, 8));
    first.close();
    publish("after", 1, 8);
    try (Alerts second = alerts(settings)) {
      second.start();
      Set<String> all = ids("during", 1, 8);
      all.addAll(ids("after", 1, 8));
      awaitIds(receiver, all);
      assertThat(keys(receiver)).as("an orderly end repeats nothing").doesNotHaveDuplicates();
    }
  }

  /** It had begun and delivered nothing yet: its place is kept all the same. */
  @Test
  void whatComesWhileASubscriptionIsDownIsOwedAlsoToOneThatHasDeliveredNothing() throws Exception {
    SubscriptionSettings settings = webhook("fresh", receiver);
    Alerts first = alerts(settings);
    first.start();
    awaitMember(settings);
    first.close();
    publish("down", 1, 8);
    try (Alerts second = alerts(settings)) {
      second.start();
      awaitIds(receiver, ids("down", 1, 8));
    }
  }

  @Test
  void whatIsOwedToADeadSubscriberIsDeliveredWhenItIsBack() throws Exception {
    SubscriptionSettings settings = webhook("dead", receiver);
    int port = receiver.port();
    receiver.close();
    try (Alerts alerts = alerts(settings)) {
      alerts.start();
      awaitMember(settings);
      publish("dead", 1, 20);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> metrics.counts().getOrDefault("dead retried", 0) > 3);
      receiver = WebhookReceiver.start(port);
      receiver.answer(500, 503, 500);
      awaitIds(receiver, ids("dead", 1, 20));
      assertThat(metrics.counts()).doesNotContainKey("dead dead_letter");
    }
  }

  @Test
  void aSubscriberThatHangsHoldsUpNoOther() throws Exception {
    try (WebhookReceiver hanging = WebhookReceiver.start()) {
      hanging.answer(
          IntStream.range(0, 500).mapToObj(i -> WebhookReceiver.HANG).toArray(Integer[]::new));
      SubscriptionSettings bad = webhook("hanging", hanging);
      SubscriptionSettings good = webhook("prompt", receiver);
      try (Alerts alerts = alerts(bad, good)) {
        alerts.start();
        awaitMember(bad);
        awaitMember(good);
        publish("first", 1, 4);
        Awaitility.await().atMost(PATIENCE).until(() -> !hanging.requests().isEmpty());
        long began = System.nanoTime();
        publish("more", 1, 50);
        Set<String> all = ids("first", 1, 4);
        all.addAll(ids("more", 1, 50));
        awaitIds(receiver, all);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(metrics.counts()).doesNotContainKey("hanging delivered");
      }
    }
  }

  /** One attempt takes longer than a member of this group may go without polling. */
  @Test
  void aLongAttemptDoesNotLoseTheGroup() throws Exception {
    SubscriptionSettings settings = webhook("patient", receiver, Duration.ofSeconds(9));
    receiver.answer(WebhookReceiver.HANG);
    Map<String, Object> strict =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.poll.interval.ms", 6_000);
    try (Alerts alerts = new Alerts(List.of(settings), strict, DIRECT, metrics)) {
      alerts.start();
      awaitMember(settings);
      publish("late", 1, 1);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> metrics.counts().containsKey("patient delivered"));
      Thread.sleep(2_000);
      assertThat(keys(receiver)).as("hung, delivered").containsExactly("late-1", "late-1");
    }
  }

  @Test
  void twoProcessesShareOneSubscription() throws Exception {
    SubscriptionSettings settings = webhook("shared", receiver);
    try (Alerts one = alerts(settings);
        Alerts other = alerts(settings)) {
      one.start();
      other.start();
      awaitMembers(settings, 2);
      publish("shared", 1, 40);
      awaitIds(receiver, ids("shared", 1, 40));
      Thread.sleep(500);
      assertThat(keys(receiver)).doesNotHaveDuplicates();
    }
  }

  @Test
  void aPartitionThatIsAddedLaterIsReadFromItsBeginning() throws Exception {
    SubscriptionSettings settings = webhook("grows", receiver);
    try (Admin admin = Admin.create(kafka)) {
      admin.createTopics(List.of(new NewTopic("grows", 1, (short) 1))).all().get();
      publish("grows", 0, "before");
      SubscriptionWorker first = worker(settings, "grows", webhookTarget());
      first.start();
      awaitMembers(settings, 1, 1);
      first.stop();
      assertThat(first.join(10_000)).isTrue();
      admin.createPartitions(Map.of("grows", NewPartitions.increaseTo(2))).all().get();
    }
    publish("grows", 0, "old-partition");
    publish("grows", 1, "new-partition");
    SubscriptionWorker second = worker(settings, "grows", webhookTarget());
    second.start();
    awaitIds(receiver, Set.of("old-partition", "new-partition"));
    second.stop();
    assertThat(second.join(10_000)).isTrue();
  }

  /** As when no thread can be made for a while. */
  @Test
  void anErrorEndsNoSubscription() throws Exception {
    SubscriptionSettings settings = webhook("error", receiver);
    Target real = webhookTarget();
    AtomicInteger sent = new AtomicInteger();
    Target target =
        alert -> {
          if (sent.getAndIncrement() == 0) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return real.send(alert);
        };
    SubscriptionWorker worker = worker(settings, Topics.EVENTS, target);
    worker.start();
    awaitMember(settings);
    publish("error", 1, 3);
    awaitIds(receiver, ids("error", 1, 3));
    worker.stop();
    assertThat(worker.join(10_000)).isTrue();
  }

  private SubscriptionWorker worker(SubscriptionSettings settings, String topic, Target target) {
    return new SubscriptionWorker(settings, kafka, topic, target, metrics);
  }

  private Target webhookTarget() {
    return new WebhookTarget((WebhookSettings) webhook("x", receiver).target(), DIRECT);
  }

  private static void publish(String topic, int partition, String id) throws Exception {
    producer
        .send(new ProducerRecord<>(topic, partition, "yard", AlertEvents.open(id).json()))
        .get();
  }

  private Alerts alerts(SubscriptionSettings... subscriptions) {
    return new Alerts(List.of(subscriptions), kafka, DIRECT, metrics);
  }

  private SubscriptionSettings webhook(String name, WebhookReceiver to) {
    return webhook(name, to, Duration.ofSeconds(2));
  }

  private SubscriptionSettings webhook(String name, WebhookReceiver to, Duration timeout) {
    return new SubscriptionSettings(
        name,
        new AlertFilter(List.of(), List.of(), 0, Set.of(AlertState.OPEN)),
        RateLimit.NONE,
        new RetryPolicy(0, Duration.ofMillis(100), Duration.ofMillis(400)),
        folder.resolve(name + ".jsonl"),
        new WebhookSettings(to.url(), "", Map.of(), timeout));
  }

  /** Waits until it has its place in the topic. */
  private static void awaitMember(SubscriptionSettings settings) {
    awaitMembers(settings, 1);
  }

  private static void awaitMembers(SubscriptionSettings settings, int members) {
    awaitMembers(settings, members, 4);
  }

  private static void awaitMembers(SubscriptionSettings settings, int members, int partitions) {
    try (Admin admin = Admin.create(kafka)) {
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                var group =
                    admin
                        .describeConsumerGroups(List.of(settings.group()))
                        .describedGroups()
                        .get(settings.group())
                        .get();
                int committed =
                    admin
                        .listConsumerGroupOffsets(settings.group())
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .size();
                long assigned =
                    group.members().stream()
                        .filter(member -> !member.assignment().topicPartitions().isEmpty())
                        .count();
                return assigned == members && committed == partitions;
              });
    }
  }

  private static void publish(String name, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      byte[] event =
          AlertEvents.event(name + "-" + i, "open", "stream-" + i % 7, "dog", 0.9)
              .toString()
              .getBytes(UTF_8);
      producer.send(new ProducerRecord<>(Topics.EVENTS, "stream-" + i % 7, event)).get();
    }
  }

  private static Set<String> ids(String name, int from, int to) {
    Set<String> ids = new TreeSet<>();
    IntStream.rangeClosed(from, to).forEach(i -> ids.add(name + "-" + i));
    return ids;
  }

  private static List<String> keys(WebhookReceiver receiver) {
    return receiver.requests().stream()
        .map(request -> request.headers().getFirst("Idempotency-Key"))
        .toList();
  }

  private static void awaitIds(WebhookReceiver receiver, Set<String> ids) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(new TreeSet<>(keys(receiver))).isEqualTo(ids));
  }
}
