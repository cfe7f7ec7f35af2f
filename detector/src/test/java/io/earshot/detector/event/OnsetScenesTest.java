package io.earshot.detector.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.OnsetScene.Errors;
import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.StreamPump;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings in noise, heard by the model that comes along: whether onsets come closer. */
class OnsetScenesTest {
  private static final int CLIPS_PER_LABEL = 12;

  /**
   * Whatever the noise, what begins within a segment is found closer by levels than by segments.
   */
  @ParameterizedTest
  @CsvSource({"960, 20", "960, 10", "480, 20", "480, 10", "240, 20", "240, 10"})
  void onsetsAndOffsetsComeCloser(int hop, double snr) throws Exception {
    ModelPackage model =
        ModelPackage.load(Path.of("..", "models", "packages", "base").toAbsolutePath());
    List<Errors> errors = new ArrayList<>();
    int scenes = 0;
    SplittableRandom random = new SplittableRandom(7);
    try (Network network = Network.open(model, new NetworkOptions(Provider.CPU, 1))) {
      LogMel logMel = new LogMel(model.frontEnd().logOffset());
      for (String label : List.of("dog_bark", "rooster", "person_sneeze", "baby_cry", "chainsaw")) {
        int index = model.labels().indexOf(label);
        for (Path file : files(label)) {
          OnsetScene scene = OnsetScene.of(read(file), snr, random.split());
          SegmentedClip clip = SegmentedClip.of(scene.samples(), logMel, hop);
          float[] scores = OnsetScene.scores(clip, network, index);
          Errors found = scene.errors(clip, scores, model.threshold(index), hop);
          scenes++;
          if (found != null) {
            errors.add(found);
          }
        }
      }
    }
    double onset = median(errors, Errors::onset);
    double offset = median(errors, Errors::offset);
    double refinedOnset = median(errors, Errors::refinedOnset);
    double refinedOffset = median(errors, Errors::refinedOffset);
    System.out.printf(
        Locale.ROOT,
        "hop %d ms, SNR %.0f dB, %d of %d heard: median error of onsets %.0f ms, refined %.0f ms;"
            + " of offsets %.0f ms, refined %.0f ms; onsets within 100 ms %.0f %%, refined %.0f %%%n",
        hop,
        snr,
        errors.size(),
        scenes,
        onset,
        refinedOnset,
        offset,
        refinedOffset,
        within(errors, Errors::onset),
        within(errors, Errors::refinedOnset));
    assertThat(errors).hasSizeGreaterThan(scenes / 3);
    assertThat(refinedOnset).isLessThan(onset);
    assertThat(refinedOffset).isLessThan(offset);
  }

  private static double median(List<Errors> errors, ToDoubleFunction<Errors> which) {
    double[] sorted = errors.stream().mapToDouble(which).map(Math::abs).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double within(List<Errors> errors, ToDoubleFunction<Errors> which) {
    return 100.0
        * errors.stream().mapToDouble(which).filter(error -> Math.abs(error) <= 100).count()
        / errors.size();
  }

  private static List<Path> files(String label) throws IOException {
    String shared = System.getProperty("EARSHOT_SHARED", System.getenv("EARSHOT_SHARED"));
    try (Stream<Path> files = Files.list(Path.of(shared, "audio", "esc10", label))) {
      return files.sorted().limit(CLIPS_PER_LABEL).toList();
    }
  }

  private static float[] read(Path file) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (AudioSource source = FileSource.open(file, Instant.EPOCH)) {
      new StreamPump("clip", "clip", source, frames::add, Pace.FAST, read -> {}).run();
    }
    float[] samples = new float[frames.stream().mapToInt(Frame::samples).sum()];
    int at = 0;
    for (Frame frame : frames) {
      frame.decode(samples, at);
      at += frame.samples();
    }
    return samples;
  }
}
