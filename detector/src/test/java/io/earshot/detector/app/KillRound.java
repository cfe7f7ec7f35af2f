package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Known sound, faults at random moments, and what a subscriber then finds. */
final class KillRound {
  /** What befalls the cluster. */
  enum Fault {
    /** A detector is killed and started again. */
    DETECTOR,
    /** All detectors at once. */
    ALL_DETECTORS,
    /** The broker, likewise. */
    BROKER,
    /** The sender, likewise. */
    SENDER,
    /** A detector leaves as it should and returns after a while. */
    AWAY,
    /** Broker and a detector are killed together. */
    BROKER_AND_DETECTOR
  }

  /** How long a fault was felt; known of those whose end was waited for. */
  record Recovery(Fault fault, double seconds) {}

  /** What came of it. */
  record Outcome(
      KnownEvents.Tally tally, long deadLetters, List<Recovery> recoveries, List<String> log) {}

  private static final long PATIENCE_SECONDS = 120;

  private final Config.Delivery delivery;
  private final long seed;
  private final String mutant;
  private final Random random;

  KillRound(Config.Delivery delivery, long seed) {
    this(delivery, seed, "");
  }

  /**
   * @param mutant classes that the detectors take instead of the product's
   */
  KillRound(Config.Delivery delivery, long seed, String mutant) {
    this.delivery = delivery;
    this.seed = seed;
    this.mutant = mutant;
    this.random = new Random(seed);
  }

  /** The faults in an order drawn from the seed. */
  Outcome run(Path folder, List<Fault> faults) throws Exception {
    List<Fault> order = new ArrayList<>(faults);
    Collections.shuffle(order, random);
    try (KillCluster cluster = KillCluster.start(folder, delivery, seed, mutant);
        EventWatch watch = EventWatch.open(cluster.kafka())) {
      List<Recovery> recoveries = new ArrayList<>();
      awaitSound(cluster, watch, System.nanoTime(), cluster.nowSent());
      for (Fault fault : order) {
        Thread.sleep(random.nextInt(2_000));
        long sound = cluster.nowSent();
        long began = System.nanoTime();
        strike(cluster, fault);
        // One fault in four finds the one before still felt.
        if (random.nextInt(4) > 0) {
          recoveries.add(new Recovery(fault, awaitSound(cluster, watch, began, sound)));
        }
      }
      int segments = cluster.endSound();
      List<Event> events = events(cluster);
      cluster.checkAlive();
      KnownEvents expected = new KnownEvents(cluster.sound().events(segments));
      return new Outcome(
          expected.tally(events), deadLetters(cluster), recoveries, cluster.complaints());
    }
  }

  private void strike(KillCluster cluster, Fault fault) throws Exception {
    int detector = random.nextInt(KillCluster.DETECTORS);
    switch (fault) {
      case DETECTOR -> {
        cluster.killDetector(detector);
        cluster.startDetector(detector);
      }
      case ALL_DETECTORS -> {
        for (int i = 0; i < KillCluster.DETECTORS; i++) {
          cluster.killDetector(i);
        }
        for (int i = 0; i < KillCluster.DETECTORS; i++) {
          cluster.startDetector(i);
        }
      }
      case BROKER -> {
        cluster.killBroker();
        cluster.startBroker();
      }
      case SENDER -> {
        cluster.killSender();
        Thread.sleep(random.nextInt(1_000));
        cluster.startSender();
      }
      case AWAY -> {
        cluster.stopDetector(detector);
        Thread.sleep(random.nextInt(3_000));
        cluster.startDetector(detector);
      }
      case BROKER_AND_DETECTOR -> {
        cluster.killBroker();
        cluster.killDetector(detector);
        cluster.startBroker();
        cluster.startDetector(detector);
      }
    }
  }

  /** Waits until every stream is heard again. */
  private static double awaitSound(
      KillCluster cluster, EventWatch watch, long began, long soundMillis) throws Exception {
    long deadline = began + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      cluster.checkAlive();
      var seconds = watch.seconds(began, soundMillis);
      if (seconds.isPresent()) {
        return seconds.getAsDouble();
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "not every stream was heard again within %d s: %s"
            .formatted(PATIENCE_SECONDS, cluster.complaints()));
  }

  /** All events, when every stream is through. */
  private static List<Event> events(KillCluster cluster) throws Exception {
    Map<String, Object> kafka = cluster.kafka();
    List<Event> events = new ArrayList<>();
    try (Follower follower =
        new Follower(
            JsonReader.open(kafka, Topics.EVENTS, Event.class, true), StreamEnds.open(kafka))) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!isOver(follower)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the streams did not end: " + cluster.complaints());
        }
        events.addAll(follower.poll());
      }
      // Were there more than expected, they would come now.
      for (int i = 0; i < 25; i++) {
        events.addAll(follower.poll());
      }
    }
    return events;
  }

  private static boolean isOver(Follower follower) {
    return IntStream.range(0, KillCluster.STREAMS)
        .allMatch(stream -> follower.isOver(KnownSound.name(stream)));
  }

  private static long deadLetters(KillCluster cluster) {
    try (Consumer<byte[], byte[]> consumer = JsonReader.consumer(cluster.kafka())) {
      List<TopicPartition> partitions = JsonReader.partitions(consumer, Topics.DEAD_LETTERS);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return consumer.poll(Duration.ofSeconds(1)).count();
    }
  }
}
