package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.stream.Pace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A live source that never ends by itself, as a microphone is. */
class SessionIT {
  @Test
  void aLiveStreamThatIsStoppedClosesWhatIsOpen() throws Exception {
    Recording tone = new Recording("tone", "tone", start -> new DialTone(start, Integer.MAX_VALUE));
    List<Event> events = new ArrayList<>();
    session(tone)
        .run(
            PipelineMetrics.NONE,
            new Feeder.Listener() {},
            feeder -> new StopAtDialTone(feeder, 1, events));
    List<String> opened = ids(events, Event.State.OPEN);
    assertThat(opened).isNotEmpty();
    assertThat(ids(events, Event.State.CLOSED)).containsExactlyInAnyOrderElementsOf(opened);
    assertThat(events)
        .filteredOn(event -> event.state() == Event.State.CLOSED)
        .extracting(Event::label)
        .contains("Dial tone");
  }

  /** As the demo is that stays; what uses its Kafka is open until the end. */
  @Test
  void aRecordingIsHeardAgainAndAgain() throws Exception {
    Recording tone = new Recording("tone", "tone", start -> new DialTone(start, 3));
    List<Event> events = new ArrayList<>();
    List<String> beside = new ArrayList<>();
    session(tone)
        .repeating(true)
        .beside(
            kafka -> {
              beside.add("opened, events " + events.size());
              return () -> beside.add("closed");
            })
        .run(
            PipelineMetrics.NONE,
            new Feeder.Listener() {},
            feeder -> new StopAtDialTone(feeder, 2, events));
    assertThat(events)
        .filteredOn(event -> event.label().equals("Dial tone"))
        .extracting(Event::state)
        .startsWith(Event.State.OPEN)
        .containsSequence(Event.State.CLOSED, Event.State.OPEN);
    assertThat(beside).containsExactly("opened, events 0", "closed");
  }

  private static Session session(Recording recording) throws Exception {
    Config config = ConfigFile.read(null, Map.of("model.name", Shared.yamnet().toString()));
    return new Session(
        config, ModelPackage.load(Shared.yamnet()), List.of(recording), Pace.REALTIME);
  }

  private static List<String> ids(List<Event> events, Event.State state) {
    return events.stream().filter(event -> event.state() == state).map(Event::id).toList();
  }

  /** Keeps the events, and stops the feeder while the dial tone's event of that number is open. */
  private record StopAtDialTone(Feeder feeder, int last, List<Event> events) implements EventSink {
    @Override
    public void event(Event event) {
      events.add(event);
      long dialTones =
          events.stream()
              .filter(each -> each.label().equals("Dial tone"))
              .filter(each -> each.state() == Event.State.OPEN)
              .count();
      if (dialTones == last) {
        feeder.stop();
      }
    }

    @Override
    public boolean isClosed() {
      return false;
    }
  }

  /** 350 and 440 Hz. */
  private static final class DialTone implements AudioSource {
    private final Instant start;
    private final long samples;
    private long position;
    private volatile boolean stopped;

    DialTone(Instant start, int seconds) {
      this.start = start;
      this.samples = 16_000L * seconds;
    }

    @Override
    public AudioShape shape() {
      return new AudioShape(16_000, 1);
    }

    @Override
    public int read(float[] into) {
      for (int i = 0; i < into.length; i++) {
        double t = 2 * Math.PI * position++ / 16_000;
        into[i] = (float) (0.15 * (Math.sin(350 * t) + Math.sin(440 * t)));
      }
      return stopped || position >= samples ? -1 : into.length;
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
