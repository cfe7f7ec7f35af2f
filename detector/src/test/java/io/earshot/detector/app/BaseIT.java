package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.synth.MadeSounds;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The model that comes with Earshot, at its own thresholds, through the whole pipeline. */
class BaseIT {
  private static final int SECONDS = 20;

  private static final List<String> MADE = List.of("silence", "pink-1", "pink-2", "pink-3");

  private final List<Event> events = new ArrayList<>();

  @Test
  void itIsWhatItsManifestSays() throws Exception {
    ModelPackage base = ModelPackage.load(Shared.base());
    assertThat(base.labels())
        .containsExactlyInAnyOrder(
            "baby_cry",
            "chainsaw",
            "clock_tick",
            "dog_bark",
            "fire_crackling",
            "helicopter",
            "person_sneeze",
            "rain",
            "rooster",
            "sea_waves",
            "speech",
            "smoke_alarm",
            "siren",
            "background");
    assertThat(base.labels().get(base.background().orElseThrow())).isEqualTo("background");
    assertThat(base.embeddingSize()).hasValue(128);
    assertThat(Files.size(base.network())).isLessThan(12_000_000);
    assertThat(base.accuracy().orElseThrow().value()).isGreaterThanOrEqualTo(0.88);
    TrialRun.of(base);
  }

  /** Other people's speech, made noise and silence: none of it is a dog, or rain. */
  @Test
  void silenceNoiseAndSpeechRaiseNoEventOfTheTenClasses() throws Exception {
    List<Recording> recordings = new ArrayList<>();
    recordings.add(made(MADE.get(0), new float[SECONDS * 16_000]));
    for (int seed = 1; seed < MADE.size(); seed++) {
      recordings.add(made(MADE.get(seed), pinkNoise(seed)));
    }
    for (Path clip : speech()) {
      recordings.add(
          new Recording(
              clip.toString(),
              clip.getFileName().toString(),
              start -> FileSource.open(clip, start)));
    }
    assertThat(recordings).hasSize(4 + 180);
    hear(recordings);
    TreeSet<String> labels = new TreeSet<>();
    events.forEach(event -> labels.add(event.label()));
    labels.removeAll(List.of("speech", "smoke_alarm", "siren"));
    assertThat(labels).isEmpty();
    assertThat(events).noneMatch(event -> MADE.contains(event.stream()));
    long spoken =
        events.stream()
            .filter(event -> event.label().equals("speech"))
            .map(Event::stream)
            .distinct()
            .count();
    assertThat(spoken).as("of 180 spoken digits").isGreaterThan(160);
  }

  @Test
  void theDogOfTheGoldenFileIsHeard() throws Exception {
    try (EarshotProcess detect =
        EarshotProcess.start(
            "detect",
            "--format",
            "tsv",
            "--model",
            Shared.base().toString(),
            Shared.path("golden/dog.wav").toString())) {
      assertThat(detect.waitFor(90)).as("%s", detect).isZero();
      assertThat(detect.out()).isNotEmpty().allMatch(line -> line.endsWith("\tdog_bark"));
    }
  }

  private void hear(List<Recording> recordings) throws Exception {
    Config config = ConfigFile.read(null, Map.of("model.name", Shared.base().toString()));
    List<String> problems = new ArrayList<>();
    Feeder.Listener listener =
        new Feeder.Listener() {
          @Override
          public void failed(Recording recording, String problem) {
            problems.add(problem);
          }
        };
    new Session(config, ModelPackage.load(Shared.base()), recordings, Pace.FAST)
        .run(
            PipelineMetrics.NONE,
            listener,
            feeder ->
                new EventSink() {
                  @Override
                  public void event(Event event) {
                    events.add(event);
                  }

                  @Override
                  public boolean isClosed() {
                    return false;
                  }
                });
    assertThat(problems).isEmpty();
  }

  private static Recording made(String name, float[] samples) {
    return new Recording(name, name, start -> new SceneSource(name, samples, start));
  }

  private static float[] pinkNoise(int seed) {
    return MadeSounds.PINK_NOISE.make(new SplittableRandom(seed), SECONDS * 16_000);
  }

  private static List<Path> speech() throws Exception {
    try (Stream<Path> files = Files.list(Shared.path("audio/speech_digits"))) {
      return files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
  }
}
