package io.earshot.detector.inference;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import io.earshot.models.feature.LogMel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring between the poll thread and the inference thread. Its slots lie side by side in one
 * direct buffer, so that a run of slots is a batch as it stands: a patch is copied once, out of the
 * fetched record, and the tensor is a view.
 *
 * <p>One thread writes ({@link #claim}, {@link #publish}), one reads ({@link #await}, {@link
 * #release}).
 */
final class PatchRing {
  static final int PATCH_BYTES = LogMel.PATCH_FLOATS * Float.BYTES;
  private static final long FULL_PAUSE_NANOS = 1_000_000;

  private final DeadlineWait wait = new DeadlineWait();
  private final RingBuffer<PatchSlot> ring;
  private final SequenceBarrier barrier;
  private final Sequence released = new Sequence();
  private final FloatBuffer memory;

  /**
   * @param slots a power of two
   */
  PatchRing(int slots) {
    // Patches are little-endian, and so is every platform that ONNX Runtime is built for.
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(slots * PATCH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    memory = bytes.asFloatBuffer();
    int[] next = {0};
    ring =
        RingBuffer.createSingleProducer(
            () -> new PatchSlot(bytes.slice(next[0]++ * PATCH_BYTES, PATCH_BYTES)), slots, wait);
    barrier = ring.newBarrier();
    ring.addGatingSequences(released);
  }

  boolean isFull() {
    return !ring.hasAvailableCapacity(1);
  }

  /** Whether a slot is free for {@link #claim}; if not, waits a moment for one. */
  boolean hasRoom() {
    if (isFull()) {
      LockSupport.parkNanos(FULL_PAUSE_NANOS);
    }
    return !isFull();
  }

  /** The next slot to fill; {@link #hasRoom} has said that there is one. */
  PatchSlot claim() {
    return ring.get(ring.next());
  }

  /** Hands the claimed slot over. */
  void publish() {
    // A single producer's claimed sequence follows the cursor.
    ring.publish(ring.getCursor() + 1);
  }

  long published() {
    return ring.getCursor();
  }

  long released() {
    return released.get();
  }

  /** Waits for {@code sequence} until the deadline; returns the last one published. */
  long await(long sequence, long deadlineNanos) throws InterruptedException {
    wait.until(deadlineNanos);
    try {
      return barrier.waitFor(sequence);
    } catch (AlertException | TimeoutException e) {
      throw new IllegalStateException("the ring's barrier is never alerted", e);
    }
  }

  PatchSlot slot(long sequence) {
    return ring.get(sequence);
  }

  /** How many slots from {@code sequence} on lie side by side in memory. */
  int contiguous(long sequence) {
    return ring.getBufferSize() - index(sequence);
  }

  /** The floats of {@code count} slots from {@code sequence} on. */
  FloatBuffer patches(long sequence, int count) {
    return memory.slice(index(sequence) * LogMel.PATCH_FLOATS, count * LogMel.PATCH_FLOATS);
  }

  /** Gives all slots up to {@code sequence} back to the writer. */
  void release(long sequence) {
    released.set(sequence);
  }

  private int index(long sequence) {
    return (int) (sequence & (ring.getBufferSize() - 1));
  }
}
