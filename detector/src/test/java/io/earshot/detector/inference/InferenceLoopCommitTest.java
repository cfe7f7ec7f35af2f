package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Flushing, stopping, and committing nothing. */
class InferenceLoopCommitTest extends InferenceLoopFixture {
  @Test
  void aFlushReturnsWhenAllThatIsInTheRingIsCommitted() throws Exception {
    prepare(16, 5, 200, 64);
    start();
    assertThat(loop.flush(20_000)).as("of an empty ring").isTrue();
    for (int i = 0; i < 21; i++) {
      publish(Patches.patch(i % 2, i, i));
    }
    assertThat(loop.flush(20_000)).isTrue();
    assertThat(publisher.committed)
        .containsOnly(Map.entry(Patches.partition(0), 21L), Map.entry(Patches.partition(1), 20L));
    publish(Patches.patch(0, 22, 22));
    assertThat(loop.flush(20_000)).as("a second time").isTrue();
    assertThat(publisher.committed).containsEntry(Patches.partition(0), 23L);
  }

  @Test
  void aFlushWaitsNeitherForTheLingerNorForTheCommitInterval() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    start();
    publish(Patches.patch(0, 0, 0));
    assertThat(loop.flush(20_000)).isTrue();
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(0), 1L));
  }

  @Test
  void aFlushThatTakesTooLongSaysSo() throws Exception {
    prepare(16, 0, NEVER, 64);
    gate = new CountDownLatch(1);
    publish(Patches.patch(0, 0, 0));
    start();
    assertThat(loop.flush(10)).isFalse();
    assertThat(publisher.commits).isZero();
  }

  @Test
  void stoppingFinishesWhatIsInTheRing() throws Exception {
    prepare(16, NEVER, NEVER, 64);
    gate = new CountDownLatch(1);
    for (int i = 0; i < 37; i++) {
      publish(Patches.patch(0, i, i));
    }
    start();
    loop.stop();
    gate.countDown();
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(publisher.scores()).containsExactlyElementsOf(checksums(0, 37));
    assertThat(publisher.committed).containsOnly(Map.entry(Patches.partition(0), 37L));
    assertThat(loop.failure()).isNull();
  }

  @Test
  void anIdleLoopCommitsNothing() throws Exception {
    prepare(16, 0, 1, 64);
    start();
    finish();
    assertThat(publisher.commits).isZero();
  }
}
