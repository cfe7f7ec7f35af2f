package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatchRingTest {
  private static final TopicPartition PARTITION = Patches.partition(3);

  @Test
  void aPatchOfAnotherFrontEndIsNoPatch() {
    PatchRing ring = new PatchRing(4);
    RingWriter writer = new RingWriter(ring, new Waiting(), 0.001);
    ConsumerRecord<byte[], ByteBuffer> same = Patches.patch(3, 0, 0);
    same.headers().add("log_offset", "0.001".getBytes(US_ASCII));
    ConsumerRecord<byte[], ByteBuffer> other = Patches.patch(3, 1, 1);
    other.headers().add("log_offset", "0.01".getBytes(US_ASCII));
    writer.add(new ConsumerRecords<>(Map.of(PARTITION, List.of(same, other)), Map.of()), 0);
    assertThat(ring.slot(0).kind).isEqualTo(PatchSlot.Kind.PATCH);
    assertThat(ring.slot(1).kind).isEqualTo(PatchSlot.Kind.BAD);
    assertThat(ring.slot(1).fault)
        .isEqualTo("a patch of log offset 0.01, but this detector's model has 0.001");
    assertThat(ring.slot(1).value.remaining()).isEqualTo(PatchRing.PATCH_BYTES);
  }

  @Test
  void aSlotHoldsAllOfThePatch() {
    PatchRing ring = new PatchRing(4);
    ConsumerRecord<byte[], ByteBuffer> patch = Patches.patch(3, 77, 5);
    ring.claim().fill(patch, PARTITION, 123);
    ring.publish();
    PatchSlot slot = ring.slot(0);
    assertThat(slot.key).isEqualTo(patch.key());
    assertThat(slot.headers).isSameAs(patch.headers());
    assertThat(slot.timestamp).isEqualTo(patch.timestamp());
    assertThat(slot.partition).isEqualTo(PARTITION);
    assertThat(slot.offset).isEqualTo(77);
    assertThat(slot.arrivedNanos).isEqualTo(123);
    assertThat(slot.kind).isEqualTo(PatchSlot.Kind.PATCH);
    FloatBuffer floats = ring.patches(0, 1);
    assertThat(floats.isDirect()).isTrue();
    float[] copy = new float[floats.remaining()];
    floats.get(copy);
    assertThat(copy).isEqualTo(Patches.floats(5));
  }

  @Test
  void slotsLieSideBySideUpToTheEndOfTheRing() {
    PatchRing ring = new PatchRing(4);
    fill(ring, 10);
    fill(ring, 11);
    fill(ring, 12);
    assertThat(ring.contiguous(0)).isEqualTo(4);
    assertThat(ring.contiguous(3)).isEqualTo(1);
    assertThat(ring.contiguous(4)).isEqualTo(4);
    assertThat(ring.contiguous(6)).isEqualTo(2);
    FloatBuffer three = ring.patches(0, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(Patches.checksum(three, i)).isEqualTo(Patches.checksum(10L + i));
    }
  }

  @Test
  void aFullRingHasNoRoomUntilSomethingIsReleased() {
    PatchRing ring = new PatchRing(2);
    assertThat(ring.published()).isEqualTo(-1);
    fill(ring, 1);
    fill(ring, 2);
    assertThat(ring.hasRoom()).isFalse();
    ring.release(0);
    assertThat(ring.hasRoom()).isTrue();
    fill(ring, 3);
    assertThat(ring.hasRoom()).isFalse();
    assertThat(ring.published()).isEqualTo(2);
    assertThat(Patches.checksum(ring.patches(2, 1), 0)).isEqualTo(Patches.checksum(3));
    assertThat(Patches.checksum(ring.patches(1, 1), 0)).isEqualTo(Patches.checksum(2));
  }

  @Test
  void waitingEndsAtTheDeadlineOrWhenItIsThere() throws Exception {
    PatchRing ring = new PatchRing(4);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    assertThat(ring.await(0, deadline)).isLessThan(0);
    assertThat(System.nanoTime()).isGreaterThanOrEqualTo(deadline);
    CompletableFuture<Long> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ring.await(0, System.nanoTime() + TimeUnit.HOURS.toNanos(1));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    fill(ring, 1);
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isZero();
    fill(ring, 2);
    assertThat(ring.await(0, System.nanoTime())).as("the last one published").isEqualTo(1);
  }

  /** From the fetched record to the tensor: the one copy of 24,576 bytes, into the ring. */
  @Test
  void aPatchCostsNoCopyOnTheHeap() throws Exception {
    PatchRing ring = new PatchRing(16);
    ConsumerRecord<byte[], ByteBuffer> patch = Patches.patch(3, 1, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(threads.isThreadAllocatedMemorySupported()).isTrue();
    long before = 0;
    int warm = 2_000;
    int batches = 2_000;
    for (int batch = 0; batch < warm + batches; batch++) {
      if (batch == warm) {
        before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      }
      for (int i = 0; i < 8; i++) {
        assertRoom(ring);
        patch.value().rewind();
        ring.claim().fill(patch, PARTITION, 1);
        ring.publish();
      }
      long first = batch * 8L;
      ring.await(first, 0);
      ring.patches(first, 8);
      ring.release(first + 7);
    }
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    // One view for each batch of eight, and a walk along each patch's headers.
    assertThat(bytes / batches).isLessThanOrEqualTo(128 + 8 * 64);
  }

  private static void assertRoom(PatchRing ring) {
    if (!ring.hasRoom()) {
      throw new AssertionError("no room");
    }
  }

  private static void fill(PatchRing ring, long seed) {
    ring.claim().fill(Patches.patch(3, seed, seed), PARTITION, 1);
    ring.publish();
  }
}
