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

  /** How much longer results may wait for their commit while patches wait for the network. */
  private static final int BEHIND = 4;

  private static final long MOST_BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Of batches like that, two are as much as a transaction may take. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

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
  private final long commitNanos;

  /** Whether readers wait for commits. */
  private final boolean promptCommits;

  /** Where each partition is to be read on, of what is sent and not committed. */
  private final Map<TopicPartition, NextOffset> done = new HashMap<>();

  private long next;
  private long uncommittedSinceNanos;
  private long lastCommitNanos;
  private long failedPatches;
  private boolean slow;
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
    this.promptCommits = settings.exactlyOnce();
    this.group = group;
    this.metrics = metrics;
    this.model = SegmentHeaders.ascii(settings.model());
    this.lastCommitNanos = System.nanoTime();
    this.commitNanos = TimeUnit.MILLISECONDS.toNanos(settings.commitMillis());
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
    scoring.score(ring.patches(next, count), count);
    metrics.batch(count, System.nanoTime() - start);
    for (int i = 0; i < count; i++) {
      PatchSlot slot = ring.slot(next + i);
      if (scoring.fault(i) == null) {
        send(slot, scoring.scores(i));
      } else {
        sendFailed(slot, scoring.fault(i));
      }
    }
    long took = System.nanoTime() - start;
    slow = took >= SLOW_NANOS;
    if (took >= commitNanos && start - uncommittedSinceNanos < 0) {
      // Beside another batch as slow, its transaction might be taken for one left behind.
      uncommittedSinceNanos = start;
    }
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
    if (done.isEmpty()) {
      uncommittedSinceNanos = System.nanoTime();
    }
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
    return Math.min(now + IDLE_NANOS, commitDeadline(now));
  }

  /**
   * When nothing more is waiting, readers need not wait either. But a commit costs the broker as
   * much as many scores: there is half an interval between two.
   */
  private long commitDeadline(long now) {
    if (done.isEmpty()) {
      return now + IDLE_NANOS;
    }
    long latest = uncommittedSinceNanos + patience();
    boolean idle = promptCommits && next > ring.published();
    return idle ? Math.min(latest, lastCommitNanos + commitNanos / 2) : latest;
  }

  /** While more waits than two batches, what comes out of them is late anyway. */
  private long patience() {
    boolean behind = ring.published() - next >= 2L * batcher.maxBatch();
    return behind && !slow
        ? Math.min(BEHIND * commitNanos, commitNanos + MOST_BEHIND_NANOS)
        : commitNanos;
  }

  private boolean commitDue(long now) {
    boolean flushed = flushTo >= 0 && committedTo < flushTo && next > flushTo;
    return flushed || (!done.isEmpty() && now - commitDeadline(now) >= 0);
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
    lastCommitNanos = System.nanoTime();
    committer.commit(offsets, group.get(), () -> committedTo = to);
  }
}
