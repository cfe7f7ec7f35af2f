package io.earshot.detector.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.clip.TestEvents;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.LoudSoundRules;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveTest {
  private static final EventRules RULES =
      new EventRules(TestEvents.MODEL, List.of(new EventRules.Rule("dog_bark", 0.5f)));

  /** A connection that is broken is found so when something is written to it. */
  @Test
  void whoeverComesHasTheOthersToldSomething() {
    try (Live live =
        Live.start(new FakeTopics(), new LiveSettings("1.2", RULES, LoudSoundRules.DEFAULT))) {
      Told first = new Told();
      live.join(first, null, null);
      assertThat(first.told).doesNotContain(": alive\n\n");
      live.join(new Told(), null, null);
      assertThat(first.told).contains(": alive\n\n");
    }
  }

  private static final class Told implements Viewer {
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Override
    public void tell(Message message) {
      told.add(new String(message.bytes(), UTF_8));
    }

    @Override
    public void end() {}
  }
}
