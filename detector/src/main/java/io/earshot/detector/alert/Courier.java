package io.earshot.detector.alert;

import io.earshot.detector.metrics.PipelineMetrics;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Works through what one subscription is owed, in order, one alert at a time. A record is done when
 * its alert is delivered, is in the file of dead letters, or is not wanted.
 *
 * <p>Belongs to the subscription's thread.
 */
final class Courier {
  /**
   * A record that was read and is not done.
   *
   * @param event null if it is none
   */
  record Owed(TopicPartition partition, long offset, Alert event) {}

  private final SubscriptionSettings settings;
  private final Target target;
  private final PipelineMetrics metrics;
  private final LongSupplier clock;
  private final Selection selection;
  private final DeadLetterFile deadLetters;
  private final CourierLog log;
  private final Deque<Owed> owed = new ArrayDeque<>();
  private final Map<TopicPartition, Long> done = new HashMap<>();

  private Alert alert;
  private Attempts attempts;
  private CompletableFuture<Outcome> attempt;
  private long nextMillis;

  /**
   * @param clock milliseconds of a clock that nobody sets
   */
  Courier(
      SubscriptionSettings settings, Target target, PipelineMetrics metrics, LongSupplier clock) {
    this.settings = settings;
    this.target = target;
    this.metrics = metrics;
    this.clock = clock;
    this.selection = new Selection(settings.filter(), settings.limit());
    this.deadLetters = new DeadLetterFile(settings.deadLetters());
    this.log = new CourierLog(settings.name());
  }

  void add(Owed record) {
    owed.addLast(record);
  }

  boolean isIdle() {
    return owed.isEmpty();
  }

  /** Leaves the target a moment for what it has to do by itself. */
  void idle() {
    try {
      target.idle();
    } catch (RuntimeException e) {
      log.idleFailed(e);
    }
  }

  /** Works until all is done or the time is up. */
  void work(long millis) throws InterruptedException {
    long end = clock.getAsLong() + millis;
    for (long left = millis; !owed.isEmpty() && left > 0; left = end - clock.getAsLong()) {
      if (alert == null) {
        take(owed.getFirst());
      } else if (attempt == null) {
        begin(left);
      } else {
        await(left);
      }
    }
  }

  /** Gives an attempt that is under way a last moment, and begins none. */
  void finish(long millis) throws InterruptedException {
    if (attempt != null) {
      await(millis);
    }
  }

  /** Forgets what others will now deliver. */
  void drop(Collection<TopicPartition> partitions) {
    if (!owed.isEmpty() && partitions.contains(owed.getFirst().partition())) {
      alert = null;
      attempt = null;
    }
    owed.removeIf(record -> partitions.contains(record.partition()));
    done.keySet().removeAll(partitions);
    target.forget();
  }

  /** Forgets all that is owed: it will be read again. */
  void clear() {
    alert = null;
    attempt = null;
    owed.clear();
    done.clear();
    target.forget();
  }

  /** Takes back what could not be committed. */
  void giveBack(TopicPartition partition, long offset) {
    done.merge(partition, offset, Math::max);
  }

  /** By partition, the first record that is not done; each only once. */
  Map<TopicPartition, Long> takeDone() {
    Map<TopicPartition, Long> taken = Map.copyOf(done);
    done.clear();
    return taken;
  }

  private void take(Owed record) {
    Alert event = record.event();
    if (event == null) {
      log.notAnEvent(record);
      metrics.alert(settings.name(), "no_event");
      done();
      return;
    }
    switch (selection.judge(event, time(event))) {
      case PASS_OVER -> done();
      case SUPPRESS -> suppress();
      case TELL -> prepare(event);
      case TELL_AS_OPEN -> prepare(event.asOpen());
    }
  }

  /**
   * The event's own time: what was owed for an hour did not happen in the minute in which it is
   * delivered. A stream's clock may be wrong; none is taken for later than it is.
   */
  private static long time(Alert event) {
    return Math.max(0, Math.min(event.onsetMillis(), Instant.now().toEpochMilli()));
  }

  private void suppress() {
    log.suppressed();
    metrics.alert(settings.name(), "suppressed");
    done();
  }

  private void prepare(Alert event) {
    alert = event.to(settings.name(), selection.takeSuppressed(event));
    attempts = new Attempts(settings.retry(), ThreadLocalRandom.current()::nextDouble);
    nextMillis = clock.getAsLong();
  }

  private void begin(long millis) throws InterruptedException {
    long wait = nextMillis - clock.getAsLong();
    if (wait > 0) {
      TimeUnit.MILLISECONDS.sleep(Math.min(wait, millis));
    } else {
      attempt = send();
    }
  }

  /** Whatever a target throws is an attempt like others, or there would be no end of them. */
  private CompletableFuture<Outcome> send() {
    try {
      return target.send(alert);
    } catch (RuntimeException e) {
      // Its message can quote what was sent.
      return CompletableFuture.completedFuture(Outcome.failed(e.getClass().getSimpleName()));
    }
  }

  private void await(long millis) throws InterruptedException {
    try {
      Outcome outcome = attempt.get(millis, TimeUnit.MILLISECONDS);
      attempt = null;
      conclude(outcome);
    } catch (TimeoutException e) {
      // It is still under way.
    } catch (ExecutionException e) {
      attempt = null;
      conclude(Outcome.failed(e.getCause().getClass().getSimpleName()));
    }
  }

  private void conclude(Outcome outcome) {
    Attempts.Next next = attempts.after(outcome);
    if (next instanceof Attempts.Again again) {
      log.failed(outcome, attempts.made());
      metrics.alert(settings.name(), "retried");
      nextMillis = clock.getAsLong() + again.pause().toMillis();
    } else if (next instanceof Attempts.GiveUp) {
      bury(outcome);
    } else {
      log.delivered(alert);
      metrics.alert(settings.name(), "delivered");
      done();
    }
  }

  /** What cannot even be written down is still owed. */
  private void bury(Outcome outcome) {
    try {
      deadLetters.add(Instant.now(), settings.name(), outcome.reason(), attempts.made(), alert);
    } catch (IOException e) {
      log.unwritable(settings.deadLetters(), e);
      nextMillis = clock.getAsLong() + settings.retry().maxBackoff().toMillis();
      return;
    }
    log.buried(outcome, attempts.made(), settings.deadLetters());
    metrics.alert(settings.name(), "dead_letter");
    done();
  }

  private void done() {
    Owed record = owed.removeFirst();
    done.put(record.partition(), record.offset() + 1);
    alert = null;
  }
}
