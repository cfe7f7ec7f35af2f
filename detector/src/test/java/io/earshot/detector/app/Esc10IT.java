package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Real clips through the whole pipeline: is what the events say true?
 *
 * <p>Takes the 80 clips of fold 1; with {@code -Dearshot.clips=all} all 320.
 */
class Esc10IT {
  private static final double LEAST_ACCURACY = 0.96;

  /** A clip's events are weighed, not picked: each label must be heard, however faintly. */
  private static final String FAINT = "0.0005";

  @Test
  void theTopLabelOfClipsIsTheirClass() throws Exception {
    Map<String, String> classOfLabel = classOfLabel();
    List<Path> clips = clips();
    assertThat(clips.size()).isIn(80, 320);
    Map<String, Map<String, Double>> heard = hear(clips);
    List<String> wrong = new ArrayList<>();
    for (Path clip : clips) {
      String truth = clip.getParent().getFileName().toString();
      String top = top(heard.getOrDefault(streamOf(clip), Map.of()), classOfLabel);
      if (!truth.equals(top)) {
        wrong.add(truth + "/" + clip.getFileName() + " as " + top);
      }
    }
    double accuracy = 1 - wrong.size() / (double) clips.size();
    System.out.printf(
        "ESC-10: %d of %d clips right, %.1f %%; wrong: %s%n",
        clips.size() - wrong.size(), clips.size(), 100 * accuracy, wrong);
    assertThat(accuracy).isGreaterThanOrEqualTo(LEAST_ACCURACY);
  }

  /** For each stream and label, its mean score times how long it was heard. */
  private static Map<String, Map<String, Double>> hear(List<Path> clips) throws Exception {
    Config config =
        ConfigFile.read(
            null, Map.of("model.name", Shared.yamnet().toString(), "events.defaults.onset", FAINT));
    List<Recording> recordings =
        clips.stream()
            .map(
                clip ->
                    new Recording(
                        clip.toString(), streamOf(clip), start -> FileSource.open(clip, start)))
            .toList();
    List<String> problems = new ArrayList<>();
    Map<String, Map<String, Double>> heard = new HashMap<>();
    Feeder.Listener listener =
        new Feeder.Listener() {
          @Override
          public void failed(Recording recording, String problem) {
            problems.add(problem);
          }
        };
    new Session(config, ModelPackage.load(Shared.yamnet()), recordings, Pace.FAST)
        .run(PipelineMetrics.NONE, listener, feeder -> new Weigher(heard));
    assertThat(problems).isEmpty();
    return heard;
  }

  private record Weigher(Map<String, Map<String, Double>> heard) implements EventSink {
    @Override
    public void event(Event event) {
      if (event.state() == Event.State.CLOSED) {
        heard
            .computeIfAbsent(event.stream(), stream -> new TreeMap<>())
            .merge(event.label(), event.meanConfidence() * event.durationMs(), Double::sum);
      }
    }

    @Override
    public boolean isClosed() {
      return false;
    }
  }

  private static String top(Map<String, Double> labels, Map<String, String> classOfLabel) {
    return labels.entrySet().stream()
        .filter(entry -> classOfLabel.containsKey(entry.getKey()))
        .max(Map.Entry.comparingByValue())
        .map(entry -> classOfLabel.get(entry.getKey()))
        .orElse("nothing");
  }

  private static List<Path> clips() throws IOException {
    boolean all = "all".equals(System.getProperty("earshot.clips"));
    try (Stream<Path> files = Files.walk(Shared.path("audio/esc10"))) {
      return files
          .filter(file -> file.toString().endsWith(".ogg"))
          .filter(file -> all || file.getFileName().toString().startsWith("1-"))
          .sorted()
          .toList();
    }
  }

  private static String streamOf(Path clip) {
    return clip.getParent().getFileName() + "-" + clip.getFileName();
  }

  /** {@code class,"label;label"}, as the data's own table says. */
  private static Map<String, String> classOfLabel() throws IOException {
    Map<String, String> classes = new HashMap<>();
    for (String line : Files.readAllLines(Shared.path("audio/esc10/audioset_labels.csv"))) {
      int comma = line.indexOf(',');
      for (String label : line.substring(comma + 1).replace("\"", "").split(";")) {
        classes.put(label, line.substring(0, comma));
      }
    }
    return classes;
  }
}
