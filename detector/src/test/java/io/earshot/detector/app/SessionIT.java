package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.Pace;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.AudioSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A live source that never ends by itself, as a microphone is. */
class SessionIT {
  @Test
  void aLiveStreamThatIsStoppedClosesWhatIsOpen() throws Exception {
    Config config = ConfigFile.read(null, Map.of("model.name", Shared.yamnet().toString()));
    Recording tone = new Recording("tone", "tone", DialTone::new);
    List<Event> events = new ArrayList<>();
    new Session(config, ModelPackage.load(Shared.yamnet()), List.of(tone), Pace.REALTIME)
        .run(
            PipelineMetrics.NONE,
            new Feeder.Listener() {},
            feeder -> new StopAtDialTone(feeder, events));
    List<String> opened = ids(events, Event.State.OPEN);
    assertThat(opened).isNotEmpty();
    assertThat(ids(events, Event.State.CLOSED)).containsExactlyInAnyOrderElementsOf(opened);
    assertThat(events)
        .filteredOn(event -> event.state() == Event.State.CLOSED)
        .extracting(Event::label)
        .contains("Dial tone");
  }

  private static List<String> ids(List<Event> events, Event.State state) {
    return events.stream().filter(event -> event.state() == state).map(Event::id).toList();
  }

  /** Keeps the events, and stops the feeder while the dial tone's event is open. */
  private record StopAtDialTone(Feeder feeder, List<Event> events) implements EventSink {
    @Override
    public void event(Event event) {
      events.add(event);
      if (event.label().equals("Dial tone") && event.state() == Event.State.OPEN) {
        feeder.stop();
      }
    }

    @Override
    public boolean isClosed() {
      return false;
    }
  }

  /** 350 and 440 Hz, for ever. */
  private static final class DialTone implements AudioSource {
    private final Instant start;
    private long position;
    private volatile boolean stopped;

    DialTone(Instant start) {
      this.start = start;
    }

    @Override
    public AudioShape shape() {
      return new AudioShape(16_000, 1);
    }

    @Override
    public int read(float[] samples) {
      for (int i = 0; i < samples.length; i++) {
        double t = 2 * Math.PI * position++ / 16_000;
        samples[i] = (float) (0.15 * (Math.sin(350 * t) + Math.sin(440 * t)));
      }
      return stopped ? -1 : samples.length;
    }

    @Override
    public Instant start() {
      return start;
    }

    @Override
    public long totalFrames() {
      return -1;
    }

    @Override
    public String name() {
      return "tone";
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public void close() {}
  }
}
