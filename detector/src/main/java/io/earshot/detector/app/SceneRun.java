package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.models.evaluate.sed.SoundEvent;
import io.earshot.models.evaluate.soundscape.HeardEvent;
import io.earshot.models.evaluate.soundscape.MixedEvent;
import io.earshot.models.evaluate.soundscape.Soundscape;
import io.earshot.models.evaluate.soundscape.SoundscapeGenerator;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.stream.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Soundscapes through the real pipeline, each mixed when its turn comes. */
final class SceneRun {
  private static final String WAV = ".wav";
  private static final Comparator<HeardEvent> BY_SCENE =
      Comparator.comparing((HeardEvent it) -> it.event().file())
          .thenComparing(it -> it.event().onset())
          .thenComparing(it -> it.event().label());

  private final SoundscapeGenerator generator;
  private final Path out;
  private final List<MixedEvent> truth = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<HeardEvent> heard = new ArrayList<>();

  /**
   * @param out takes the scenes as WAV files; may be null
   */
  SceneRun(SoundscapeGenerator generator, Path out) {
    this.generator = generator;
    this.out = out;
  }

  /**
   * Streams them all.
   *
   * @return whether Ctrl-C has ended it
   * @throws UserException a scene cannot be mixed or kept, or a stage failed
   */
  boolean stream(Config config, ModelPackage model, int scenes, long samples) throws Exception {
    List<Recording> recordings = IntStream.range(0, scenes).mapToObj(this::recording).toList();
    Feeder.Listener listener =
        new Feeder.Listener() {
          @Override
          public void failed(Recording recording, String problem) {
            problems.add(problem);
          }
        };
    boolean interrupted;
    try (Progress progress = new Progress(config.segments().hop())) {
      progress.fed(samples);
      interrupted =
          new Session(config, model, recordings, Pace.FAST)
              .run(progress, listener, feeder -> new Collector(feeder, problems, heard));
    }
    if (!problems.isEmpty()) {
      throw UserException.failed(problems.get(0), null);
    }
    return interrupted;
  }

  /** What is heard in truth, scene by scene. */
  List<MixedEvent> truth() {
    return truth;
  }

  /** What the pipeline has published, in an order that is always the same. */
  List<HeardEvent> heard() {
    return heard.stream().sorted(BY_SCENE).toList();
  }

  private Recording recording(int index) {
    String name = SoundscapeGenerator.file(index);
    String stream = name.substring(0, name.length() - WAV.length());
    return new Recording(name, stream, start -> open(index, start));
  }

  private SceneSource open(int index, Instant start) throws IOException {
    Soundscape scene = generator.soundscape(index);
    if (out != null) {
      try {
        SceneWav.write(scene.samples(), out.resolve(scene.file()));
      } catch (UserException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    truth.addAll(scene.events());
    return new SceneSource(scene.file(), scene.samples(), start);
  }

  /** Joins what an event's opening told, when it was heard, with what its end told. */
  private record Collector(
      Feeder feeder, List<String> problems, List<HeardEvent> heard, Map<String, Double> opened)
      implements EventSink {
    Collector(Feeder feeder, List<String> problems, List<HeardEvent> heard) {
      this(feeder, problems, heard, new HashMap<>());
    }

    @Override
    public void event(Event event) {
      EventText.Origin origin =
          new EventText.Origin(event.stream(), feeder.start(event.stream()), false);
      double onset = origin.seconds(event.onset());
      if (event.state() == Event.State.OPEN) {
        opened.put(event.id(), onset + event.durationMs() / 1000.0);
      } else if (event.state() == Event.State.CLOSED) {
        double offset = origin.seconds(event.offset());
        SoundEvent whole = new SoundEvent(event.stream() + WAV, onset, offset, event.label());
        heard.add(new HeardEvent(whole, opened.remove(event.id())));
      }
    }

    /** Nobody wants the rest of an evaluation of which a part is missing. */
    @Override
    public boolean isClosed() {
      return !problems.isEmpty();
    }
  }
}
