package io.earshot.producer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrameQueueTest {
  private final List<Long> arrived = new CopyOnWriteArrayList<>();

  @Test
  void framesArriveInOrderBeforeItIsClosed() throws IOException {
    try (FrameQueue queue = new FrameQueue(frame -> arrived.add(frame.seq()), 1000)) {
      for (int i = 0; i < 500; i++) {
        queue.publish(frame(i));
      }
    }
    assertThat(arrived).hasSize(500).isSorted();
  }

  @Test
  void whereThereIsNoRoomTheOldestGo() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    FrameQueue queue =
        new FrameQueue(
            frame -> {
              waits.countDown();
              try {
                free.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              arrived.add(frame.seq());
            },
            4);
    queue.publish(frame(0));
    waits.await();
    assertThat(queue.isCrowded()).isFalse();
    for (int i = 1; i <= 10; i++) {
      queue.publish(frame(i));
    }
    assertThat(queue.isCrowded()).isTrue();
    assertThat(queue.dropped()).isEqualTo(6);
    free.countDown();
    queue.close();
    assertThat(arrived).containsExactly(0L, 7L, 8L, 9L, 10L);
  }

  @Test
  void whatTheSinkThrowsEachLaterCallThrows() {
    FrameQueue queue =
        new FrameQueue(
            frame -> {
              throw new IOException("no broker");
            },
            4);
    assertThatThrownBy(
            () -> {
              while (true) {
                queue.publish(frame(0));
              }
            })
        .hasMessage("no broker");
    assertThatThrownBy(queue::close).hasMessage("no broker");
  }

  private static Frame frame(long seq) {
    return new Frame("yard", "s", seq, 0, Encoding.S16LE, new byte[2], false);
  }
}
