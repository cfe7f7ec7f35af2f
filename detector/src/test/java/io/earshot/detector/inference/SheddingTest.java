package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SheddingTest {
  private final List<String> told = new ArrayList<>();
  private final Shedding shedding = new Shedding(2, told::add);

  @Test
  void whatWaitsIsACopyOfWhatWasFetched() {
    ConsumerRecord<byte[], ByteBuffer> fetched = Patches.patch(1, 7, 5);
    ByteBuffer bytes = fetched.value().duplicate();
    shedding.add(fetched);
    while (bytes.hasRemaining()) {
      bytes.put((byte) 0);
    }
    ConsumerRecord<byte[], ByteBuffer> patch = shedding.poll();
    assertThat(sum(patch)).isEqualTo(Patches.checksum(5));
    assertThat(patch.key()).isEqualTo(fetched.key());
    assertThat(patch.partition()).isEqualTo(1);
    assertThat(patch.offset()).isEqualTo(7);
    assertThat(patch.timestamp()).isEqualTo(fetched.timestamp());
    assertThat(patch.headers().toArray()).isEqualTo(fetched.headers().toArray());
    assertThat(shedding.isEmpty()).isTrue();
  }

  @Test
  void aMarkerHasAllButTheBytesAndSaysWhy() {
    for (int i = 0; i < 4; i++) {
      shedding.add(Patches.patch(1, i, i));
    }
    assertThat(shedding.patches()).isEqualTo(2);
    assertThat(told).containsExactly("stream-1", "stream-1");
    ConsumerRecord<byte[], ByteBuffer> marker = shedding.poll();
    assertThat(PatchSlot.kind(marker)).isEqualTo(PatchSlot.Kind.SHED);
    assertThat(marker.value()).isNull();
    assertThat(marker.offset()).isZero();
    assertThat(marker.timestamp()).isEqualTo(Patches.TIMESTAMP);
    assertThat(marker.key()).isEqualTo("stream-1".getBytes(US_ASCII));
    assertThat(new String(marker.headers().lastHeader("seed").value(), US_ASCII)).isEqualTo("0");
    assertThat(new String(marker.headers().lastHeader("unscored").value(), US_ASCII))
        .isEqualTo("shed");
    shedding.poll();
    assertThat(sum(shedding.poll())).isEqualTo(Patches.checksum(2));
    assertThat(sum(shedding.poll())).isEqualTo(Patches.checksum(3));
  }

  /** Buffers are used again; a patch must not find another's bytes in its own. */
  @Test
  void noPatchOverwritesAnother() {
    for (int i = 0; i < 50; i++) {
      shedding.add(Patches.patch(i % 3, i, i));
      if (i % 4 == 3) {
        shedding.poll();
      }
    }
    while (!shedding.isEmpty()) {
      ConsumerRecord<byte[], ByteBuffer> next = shedding.poll();
      if (PatchSlot.kind(next) == PatchSlot.Kind.PATCH) {
        assertThat(sum(next)).isEqualTo(Patches.checksum(next.offset()));
      }
    }
  }

  @Test
  void markersAreBoundedToo() {
    for (int i = 0; i < 16; i++) {
      assertThat(shedding.isFull()).as("at %d", i).isFalse();
      shedding.add(Patches.patch(0, i, i));
    }
    assertThat(shedding.isFull()).as("at 8 times the patches that may wait").isTrue();
    shedding.poll();
    assertThat(shedding.isFull()).isFalse();
  }

  @Test
  void whatIsNoPatchIsKeptAndItsBytesAreBounded() {
    ByteBuffer junk = ByteBuffer.allocate(2 * PatchRing.PATCH_BYTES);
    shedding.add(Patches.record(0, 0, junk, "seed", 0));
    assertThat(shedding.isFull()).isTrue();
    assertThat(shedding.patches()).isZero();
    assertThat(shedding.poll().value().remaining()).isEqualTo(2 * PatchRing.PATCH_BYTES);
    assertThat(shedding.isFull()).isFalse();
    shedding.add(Patches.end(0, 1, 1));
    assertThat(PatchSlot.kind(shedding.poll())).isEqualTo(PatchSlot.Kind.END);
  }

  /** Compressed, a stranger's megabytes of zeros are some kilobytes. */
  @Test
  void keysAndHeadersThatAreTooLargeAreBoundedLikeOtherBytes() {
    ConsumerRecord<byte[], ByteBuffer> large = Patches.patch(1, 0, 0);
    large.headers().add("stuffing", new byte[2 * PatchRing.PATCH_BYTES]);
    shedding.add(large);
    assertThat(shedding.isFull()).isTrue();
    assertThat(shedding.patches()).isZero();
    assertThat(PatchSlot.kind(shedding.poll())).isEqualTo(PatchSlot.Kind.BAD);
    assertThat(shedding.isFull()).isFalse();
    for (int i = 0; i < 40; i++) {
      shedding.add(Patches.patch(1, i, i));
      shedding.add(Patches.end(1, i, i));
    }
    while (!shedding.isEmpty()) {
      shedding.poll();
    }
    shedding.add(Patches.record(0, 0, ByteBuffer.allocate(PatchRing.PATCH_BYTES + 1), "seed", 0));
    assertThat(shedding.isFull()).as("of two patches' bytes, one").isFalse();
    shedding.add(Patches.record(0, 1, ByteBuffer.allocate(PatchRing.PATCH_BYTES + 1), "seed", 0));
    assertThat(shedding.isFull()).as("and the other").isTrue();
  }

  /** The largest headers that a patch may have, and the mark beside them. */
  @Test
  void aMarkerOfAPatchWithTheLargestHeadersIsNoDeadLetter() {
    ConsumerRecord<byte[], ByteBuffer> largest = Patches.patch(1, 0, 0);
    int seed = "seed".length() + 1;
    largest.headers().add("trace", new byte[PatchBounds.BYTES - seed - "trace".length()]);
    assertThat(PatchSlot.kind(largest)).isEqualTo(PatchSlot.Kind.PATCH);
    shedding.add(largest);
    shedding.add(Patches.patch(1, 1, 1));
    shedding.add(Patches.patch(1, 2, 2));
    assertThat(PatchSlot.kind(shedding.poll())).isEqualTo(PatchSlot.Kind.SHED);
  }

  @Test
  void partitionsThatAreGoneAreForgotten() {
    shedding.add(Patches.record(1, 0, ByteBuffer.allocate(100_000), "seed", 0));
    shedding.add(Patches.patch(1, 1, 1));
    shedding.add(Patches.patch(2, 2, 2));
    shedding.forget(List.of(Patches.partition(1)));
    assertThat(shedding.isFull()).isFalse();
    assertThat(shedding.patches()).isEqualTo(1);
    assertThat(shedding.poll().offset()).isEqualTo(2);
    assertThat(shedding.isEmpty()).isTrue();
  }

  private static int sum(ConsumerRecord<byte[], ByteBuffer> patch) {
    return Patches.checksum(
        patch.value().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(), 0);
  }
}
