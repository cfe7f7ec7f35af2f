package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.Progress;
import io.earshot.producer.live.SoundLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamNewsTest {
  /** A stream that is ready, and has no sound yet. */
  private record Waiting(Progress progress) implements LiveStream {
    @Override
    public String name() {
      return "yard";
    }

    @Override
    public String source() {
      return progress.source();
    }

    @Override
    public Status status() {
      SoundLine line = new SoundLine("yard", Conditioning.NONE, () -> "s", frame -> {});
      progress.waiting();
      return progress.status(line.counts());
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://sensor.lan:9000, 'connected, no sound yet'",
    "http://me:secret@radio.example/live?token=hush, 'connected, no sound yet'",
    "https://radio.example, 'connected, no sound yet'",
    "tcp://:9000, waits for a sender",
    "tcp://0.0.0.0:9000?listen, waits for a sender",
    "http://:8090, waits for a sender",
    "ws://:8090, waits for a sender",
    "rtp://:5004, waits for a sender"
  })
  void whoGoesToAServerWaitsForNoSender(String source, String news) {
    StringWriter told = new StringWriter();
    Waiting stream = new Waiting(new Progress("yard", source));
    StreamNews streams = new StreamNews(new PrintWriter(told));
    streams.tell(List.of(stream));
    streams.tell(List.of(stream));
    assertThat(told.toString())
        .isEqualTo("yard (%s): %s%n".formatted(stream.source(), news))
        .doesNotContain("secret", "hush");
  }
}
