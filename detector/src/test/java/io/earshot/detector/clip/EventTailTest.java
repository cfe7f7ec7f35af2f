package io.earshot.detector.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventTailTest {
  /** What comes then is a bug of ours or of a library; events are only looked up more slowly. */
  @Test
  void itGoesOnAfterWhateverFailed() throws Exception {
    Semaphore asked = new Semaphore(0);
    try (EventTail tail =
        EventTail.start(
            () -> {
              asked.release();
              throw new IllegalStateException("a bug");
            })) {
      assertThat(asked.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
      assertThat(tail.get("id")).isNull();
    }
  }
}
