package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.live.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerQueueTest {
  private final ViewerQueue queue = new ViewerQueue();

  @Test
  void ofWhatMayBeMissedTheNewestWaitsAndOfTheRestAll() {
    for (int i = 0; i < 100; i++) {
      assertThat(queue.add(message(false, "level" + i))).isTrue();
      assertThat(queue.add(message(true, "event" + i))).isTrue();
    }
    List<String> left = new ArrayList<>();
    for (Message next = queue.poll(); next != null; next = queue.poll()) {
      left.add(new String(next.bytes(), US_ASCII));
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      if (i >= 100 - ViewerQueue.MOST_PASSING) {
        expected.add("level" + i);
      }
      expected.add("event" + i);
    }
    assertThat(left).isEqualTo(expected);
  }

  @Test
  void whatMayNotBeMissedFillsIt() {
    Message large = new Message(true, new byte[ViewerQueue.MOST_BYTES / 4]);
    for (int i = 0; i < 4; i++) {
      assertThat(queue.add(large)).isTrue();
    }
    assertThat(queue.add(message(true, "x"))).isFalse();
    queue.clear();
    assertThat(queue.add(large)).isTrue();
  }

  private static Message message(boolean sure, String text) {
    return new Message(sure, text.getBytes(US_ASCII));
  }
}
