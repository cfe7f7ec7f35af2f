package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What shares a batch, and that nothing is mixed up in it. */
class InferenceLoopBatchTest extends InferenceLoopFixture {
  @Test
  void patchesOfAllPartitionsShareABatch() throws Exception {
    prepare(4, NEVER, NEVER, 64);
    for (int i = 0; i < 8; i++) {
      publish(Patches.patch(i % 3, i, i));
    }
    start();
    await().until(() -> batches.size() == 2);
    assertThat(batches).containsExactly(4, 4);
    finish();
    assertThat(publisher.scores()).containsExactlyElementsOf(checksums(0, 8));
    assertThat(counted).isEqualTo(batches);
  }

  @Test
  void aBatchThatIsNotFullWaitsForTheLingerOnly() throws Exception {
    prepare(16, 30, NEVER, 64);
    start();
    long published = System.nanoTime();
    publish(Patches.patch(0, 0, 0));
    await().until(() -> !batches.isEmpty());
    assertThat(System.nanoTime() - published).isGreaterThanOrEqualTo(30_000_000);
    assertThat(batches).containsExactly(1);
  }

  @Test
  void whatComesWhileABatchIsScoredIsTheNextBatch() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    gate = new CountDownLatch(1);
    for (int i = 0; i < 16; i++) {
      publish(Patches.patch(0, i, i));
    }
    start();
    await().until(() -> batches.size() == 1);
    for (int i = 16; i < 48; i++) {
      publish(Patches.patch(0, i, i));
    }
    gate.countDown();
    await().until(() -> batches.size() == 3);
    assertThat(batches).containsExactly(16, 16, 16);
  }

  /** Six in a ring of eight, then six more: two up to the ring's end and four from its start. */
  @Test
  void aBatchEndsWhereTheRingWraps() throws Exception {
    prepare(6, NEVER, NEVER, 8);
    start();
    for (int i = 0; i < 6; i++) {
      publish(Patches.patch(0, i, i));
    }
    await().until(() -> ring.released() == 5);
    for (int i = 6; i < 14; i++) {
      publish(Patches.patch(0, i, i));
    }
    await().until(() -> batches.size() == 3);
    assertThat(batches).containsExactly(6, 2, 6);
    assertThat(publisher.scores()).containsExactlyElementsOf(checksums(0, 14));
  }

  /** The order of calls, for a long random run: no offset is committed before its scores. */
  @Test
  void patchesAreNeverMixedAndOffsetsNeverAheadOfScores() throws Exception {
    prepare(16, 1, 3, 64);
    start();
    Random random = new Random(1);
    long[] offsets = new long[5];
    int patches = 5_000;
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < patches; i++) {
      int partition = random.nextInt(offsets.length);
      boolean end = random.nextInt(50) == 0;
      long offset = offsets[partition]++;
      publish(end ? Patches.end(partition, offset, i) : Patches.patch(partition, offset, i));
      expected.add(end ? 0 : Patches.checksum(i));
    }
    finish();
    assertThat(loop.failure()).isNull();
    assertThat(publisher.scores()).isEqualTo(expected);
    assertThat(publisher.aheadOfScores).isZero();
    assertThat(publisher.commits).isGreaterThan(10);
    for (int partition = 0; partition < offsets.length; partition++) {
      assertThat(publisher.committed)
          .containsEntry(Patches.partition(partition), offsets[partition]);
    }
    assertThat(batches).allMatch(size -> size >= 1 && size <= 16);
    assertThat(batches).hasSizeLessThan(patches / 2);
  }
}
