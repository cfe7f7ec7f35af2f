package io.earshot.detector.inference;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.SegmentHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inference thread: takes batches off the ring, scores them, publishes the scores and commits.
 *
 * <p>{@link #run} belongs to the inference thread. {@link #stop} and {@link #flush} may be called
 * by another.
 */
final class InferenceLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(InferenceLoop.class);

  /** The longest wait, so that {@link #stop} and {@link #flush} are soon seen. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final byte[] NOTHING = {};

  /** Changed in place: a patch allocates no offset. */
  private static final class NextOffset {
    private long value;
  }

  private final PatchRing ring;
  private final Batcher batcher;
  private final BatchScoring scoring;
  private final ScorePublisher publisher;
  private final Committer committer;
  private final Supplier<ConsumerGroupMetadata> group;
  private final PipelineMetrics metrics;
  private final byte[] model;
  private final CommitSchedule schedule;

  /** Where each partition is to be read on, of what is sent and not committed. */
  private final Map<TopicPartition, NextOffset> done = new HashMap<>();

  private long next;
  private long failedPatches;
  private long badPatches;
  private volatile boolean stopping;
  private volatile long flushTo = -1;
  private volatile long committedTo = -1;
  private volatile Throwable failure;

  InferenceLoop(
      InferenceSettings settings,
      PatchRing ring,
      Scorer scorer,
      ScorePublisher publisher,
      Supplier<ConsumerGroupMetadata> group,
      PipelineMetrics metrics) {
    this.ring = ring;
    this.batcher =
        new Batcher(settings.maxBatch(), TimeUnit.MILLISECONDS.toNanos(settings.lingerMillis()));
    this.scoring = new BatchScoring(scorer, settings.classes(), settings.maxBatch());
    this.publisher = publisher;
    this.committer = new Committer(publisher);
    this.schedule =
        new CommitSchedule(
            TimeUnit.MILLISECONDS.toNanos(settings.commitMillis()),
            settings.exactlyOnce(),
            settings.maxBatch(),
            System.nanoTime());
    this.group = group;
    this.metrics = metrics;
    this.model = SegmentHeaders.ascii(settings.model());
  }

  /** Scores what is in the ring, commits it and ends. */
  void stop() {
    stopping = true;
  }

  /** What ended the loop before its time, or null. */
  Throwable failure() {
    return failure;
  }

  /**
   * Waits until everything now in the ring is scored and committed, for a rebalance.
   *
   * @return false if it took too long or the loop has failed
   */
  boolean flush(long timeoutMillis) throws InterruptedException {
    long target = ring.published();
    flushTo = target;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (committedTo < target && failure == null && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    return committedTo >= target;
  }

  @Override
  public void run() {
    try (committer) {
      while (!(stopping && next > ring.published())) {
        step();
      }
      commit();
      committer.await();
    } catch (Throwable e) {
      // Whatever it is ends this worker: its transaction is given up, and the next worker begins
      // at the last commit.
      failure = e;
      metrics.inferenceFailed();
    }
  }

  private void step() throws Exception {
    long now = System.nanoTime();
    long last = ring.await(next, wake(now));
    if (last >= next) {
      PatchSlot slot = ring.slot(next);
      switch (slot.kind) {
        case PATCH -> scoreOrLinger(last);
        case END -> pass(slot);
        case SHED -> passShed(slot);
        case BAD -> passBad(slot);
      }
    }
    metrics.queue((int) waiting());
    committer.check();
    if (commitDue(System.nanoTime())) {
      commit();
    }
  }

  private void scoreOrLinger(long last) throws Exception {
    int limit = Math.min(batcher.maxBatch(), ring.contiguous(next));
    int waiting = 1;
    while (waiting < limit && next + waiting <= last && isPatch(next + waiting)) {
      waiting++;
    }
    boolean hurried = stopping || next <= flushTo;
    boolean complete = hurried || waiting == limit || next + waiting <= last;
    long oldest = ring.slot(next).arrivedNanos;
    long now = System.nanoTime();
    int count = batcher.take(waiting, complete, oldest, now);
    if (count == 0) {
      ring.await(next + waiting, Math.min(batcher.deadline(oldest), wake(now)));
    } else {
      score(count);
    }
  }

  private void score(int count) throws Exception {
    long start = System.nanoTime();
    metrics.batchTaken(count, batcher.maxBatch(), start - ring.slot(next).arrivedNanos);
    boolean whole = scoring.score(ring.patches(next, count), count);
    metrics.batch(count, System.nanoTime() - start);
    if (!whole) {
      metrics.inferenceFailed();
    }
    for (int i = 0; i < count; i++) {
      PatchSlot slot = ring.slot(next + i);
      if (scoring.fault(i) == null) {
        send(slot, scoring.scores(i));
      } else {
        sendFailed(slot, scoring.fault(i));
      }
    }
    schedule.scored(start, System.nanoTime());
    release(count);
  }

  /** The patch to the dead letters, and word to the event stage that its segment has no scores. */
  private void sendFailed(PatchSlot slot, String fault) throws InterruptedException {
    if (failedPatches++ == 0) {
      log.warn(
          "stream {}: the network failed on a patch: {}",
          SegmentHeaders.printable(slot.stream()),
          fault);
    }
    metrics.deadLetter(PatchLetters.INFERENCE_FAILED);
    metrics.unscored(slot.stream(), SegmentHeaders.FAILED);
    send(slot, PatchLetters.failed(slot, fault, System.currentTimeMillis()));
    SegmentHeaders.markUnscored(slot.headers, SegmentHeaders.FAILED);
    send(slot, NOTHING);
  }

  private void passShed(PatchSlot slot) throws InterruptedException {
    metrics.unscored(slot.stream(), SegmentHeaders.SHED);
    pass(slot);
  }

  private void passBad(PatchSlot slot) throws InterruptedException {
    if (badPatches++ == 0) {
      log.warn("a dead letter in place of a patch: {}; others are not told here", slot.fault);
    }
    metrics.deadLetter(PatchLetters.BAD_PATCH);
    send(slot, PatchLetters.bad(slot, System.currentTimeMillis()));
    release(1);
  }

  /** What is not scored keeps its place among what is. */
  private void pass(PatchSlot slot) throws InterruptedException {
    send(slot, NOTHING);
    release(1);
  }

  private boolean isPatch(long sequence) {
    return ring.slot(sequence).kind == PatchSlot.Kind.PATCH;
  }

  private void send(PatchSlot slot, byte[] value) throws InterruptedException {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.SCORES, null, slot.timestamp, slot.key, value, slot.headers);
    record.headers().add(SegmentHeaders.MODEL, model);
    send(slot, record);
  }

  private void send(PatchSlot slot, ProducerRecord<byte[], byte[]> record)
      throws InterruptedException {
    schedule.sent(System.nanoTime());
    committer.await();
    publisher.begin();
    publisher.send(record);
    done.computeIfAbsent(slot.partition, partition -> new NextOffset()).value = slot.offset + 1;
  }

  private void release(int count) {
    next += count;
    ring.release(next - 1);
  }

  private long wake(long now) {
    long idle = now + IDLE_NANOS;
    return schedule.isOpen() ? Math.min(idle, schedule.deadline(waiting())) : idle;
  }

  private boolean commitDue(long now) {
    boolean flushed = flushTo >= 0 && committedTo < flushTo && next > flushTo;
    return flushed || (schedule.isOpen() && now - schedule.deadline(waiting()) >= 0);
  }

  /** What is in the ring and has not been taken. */
  private long waiting() {
    return ring.published() - next + 1;
  }

  private void commit() throws InterruptedException {
    committer.await();
    long to = next - 1;
    if (done.isEmpty()) {
      committedTo = to;
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    done.forEach((from, offset) -> offsets.put(from, new OffsetAndMetadata(offset.value)));
    done.clear();
    schedule.committed(System.nanoTime());
    committer.commit(offsets, group.get(), () -> committedTo = to);
  }
}
