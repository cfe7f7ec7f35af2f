package io.earshot.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With PyTorch, on clips so unlike each other that some seconds of training tell them apart. */
class TrainedNetworkTest {
  private static final TrainingSettings SHORT = new TrainingSettings(16 * 30, 16, 2e-3, 1);

  /** Low and high tones in three folds, beside what is always made. */
  static List<TrainingClip> tones() {
    List<TrainingClip> clips = new ArrayList<>();
    for (int fold = 1; fold <= 3; fold++) {
      for (int i = 0; i < 3; i++) {
        clips.add(tone("low", fold, 300 + 20 * i + fold));
        clips.add(tone("high", fold, 5_000 + 200 * i + fold));
      }
    }
    return clips;
  }

  private static TrainingClip tone(String label, int fold, double hertz) {
    float[] samples = new float[32_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * i / 16_000));
    }
    return new TrainingClip(label + hertz, label, fold, samples);
  }

  private static BackboneRequest request() {
    return new BackboneRequest(
        "tones",
        "1",
        "CC0-1.0",
        tones(),
        MadeClips.make(List.of(1, 2, 3), 1),
        Optional.empty(),
        Optional.empty(),
        SHORT,
        "Made.",
        "train it");
  }

  @Test
  void theRunWritesAPackageThatTellsTheClassesApart(@TempDir Path packages) throws Exception {
    List<String> said = new ArrayList<>();
    Path written = new BackboneRun(request(), new Silent(said)).write(packages);
    ModelPackage model = ModelPackage.load(written);
    assertThat(model.labels()).containsExactly("low", "high", "smoke_alarm", "siren", "background");
    assertThat(model.background()).hasValue(4);
    assertThat(model.embeddingSize()).hasValue(128);
    assertThat(model.accuracy().orElseThrow().value()).isGreaterThan(0.9);
    assertThat(said).hasSize(3).allMatch(text -> text.contains("left out"));
    assertThat(Files.readString(written.resolve("card.md"))).contains("train it", "Made.");
    try (PackagedNetwork network = new PackagedNetwork(model)) {
      double[] mean = network.score(tone("high", 1, 5_300)).mean();
      assertThat(mean[1]).isGreaterThan(2 * mean[0]);
    }
  }

  @Test
  void theSeedDecidesWhatIsLearnt() throws Exception {
    List<TrainingClip> clips = new ArrayList<>(tones());
    clips.addAll(MadeClips.make(List.of(1, 2, 3), 1));
    NetworkWeights first = trained(clips, SHORT);
    // PyTorch's sums may differ in their last digits.
    assertThat(distance(first, trained(clips, SHORT))).isLessThan(1e-3);
    assertThat(distance(first, trained(clips, SHORT.withSeed(2)))).isGreaterThan(0.1);
  }

  private static double distance(NetworkWeights a, NetworkWeights b) {
    double max = 0;
    for (int i = 0; i < a.head().weights().length; i++) {
      max = Math.max(max, Math.abs(a.head().weights()[i] - b.head().weights()[i]));
    }
    return max;
  }

  static NetworkWeights trained(List<TrainingClip> clips, TrainingSettings settings)
      throws Exception {
    try (BackboneTraining training =
        new BackboneTraining(clips, MadeClips.BACKGROUND, null, settings)) {
      return training.train(TrainingProgress.NONE);
    }
  }

  /** Batch normalisation folded in, pooling, heads: ONNX Runtime against PyTorch. */
  @Test
  void theExportedNetworkScoresWhatTheTrainedOneDoes() throws Exception {
    Student student = new Student(3, 7);
    try (Model model = Model.newInstance("export", Device.cpu(), "PyTorch");
        NDManager manager = model.getNDManager().newSubManager()) {
      student.block().initialize(manager, DataType.FLOAT32, new Shape(2, 1, 96, 64));
      unsettle(student, manager);
      float[] samples = new float[LogMel.PATCH_SAMPLES];
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (0.1 * random.nextGaussian());
      }
      float[] patch = SegmentedClip.of(samples, new LogMel(0.001), 960).patches().get(0);
      float[] scaled = patch.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = BackboneShape.scaled(scaled[i]);
      }
      NDList outputs =
          student
              .block()
              .forward(
                  new ParameterStore(manager, false),
                  new NDList(manager.create(scaled, new Shape(1, 1, 96, 64))),
                  false);
      float[] logits = outputs.get(0).toFloatArray();
      TrainingClip clip = new TrainingClip("noise", "a", 1, samples);
      try (TemporaryPackage made =
              TemporaryPackage.of(student.weights(), List.of("a", "b", "background"));
          PackagedNetwork network = new PackagedNetwork(made.model())) {
        double[] scores = network.score(clip).mean();
        for (int i = 0; i < 3; i++) {
          assertThat(scores[i]).isCloseTo(1 / (1 + Math.exp(-logits[i])), within(1e-5));
        }
      }
    }
  }

  /** Any network can teach: here one that has learnt nothing. */
  @Test
  void aTeacherIsForetoldInUnitsOfItsOwnSpread() throws Exception {
    List<TrainingClip> clips = new ArrayList<>(tones());
    clips.addAll(MadeClips.make(List.of(1, 2, 3), 1));
    NetworkWeights untrained = trained(clips, new TrainingSettings(4, 4, 1e-6, 3));
    List<String> labels = List.of("low", "high", "smoke_alarm", "siren", "background");
    try (TemporaryPackage teacher = TemporaryPackage.of(untrained, labels);
        Network network = Network.open(teacher.model(), new NetworkOptions(Provider.CPU, 1))) {
      Teacher taught = new Teacher(network, teacher.model());
      List<float[]> patches = new ArrayList<>();
      LogMel logMel = new LogMel(0.001);
      for (TrainingClip clip : clips) {
        patches.addAll(SegmentedClip.of(clip.samples(), logMel, 960).patches());
      }
      taught.standardise(patches);
      float[] logits = taught.logits(patches);
      for (int label = 0; label < 5; label++) {
        double sum = 0;
        double squares = 0;
        for (int i = label; i < logits.length; i += 5) {
          sum += logits[i];
          squares += logits[i] * logits[i];
        }
        assertThat(sum / patches.size()).isCloseTo(0, within(1e-3));
        assertThat(squares / patches.size()).isCloseTo(1, within(1e-2));
      }
      try (BackboneTraining training =
          new BackboneTraining(clips, MadeClips.BACKGROUND, teacher.model(), SHORT)) {
        List<JudgedClip> judged = training.judge(training.leaveOut(2, TrainingProgress.NONE), 2);
        assertThat(judged).hasSize(6 + 3 * 40).allMatch(clip -> clip.fold() == 2);
      }
    }
  }

  @Test
  void aTeacherOfAnotherFrontEndIsRefused(@TempDir Path packages) throws Exception {
    PackageContent content =
        new PackageContent("other", "1", "CC0-1.0")
            .source(Manifest.Source.inWords("made in a test"))
            .card("# other\n")
            .network(ByteBuffer.allocate(1), "patches", FrontEnd.vggish(0.01), 960)
            .scores(List.of("a"), new Manifest.Thresholds(0.5f, Map.of()));
    ModelPackage other = ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
    assertThatThrownBy(
            () -> new BackboneTraining(tones(), MadeClips.BACKGROUND, other, SHORT).close())
        .hasMessage("other cannot teach: its log offset is 0.01, not 0.001");
  }

  /** Fresh normalisations do nothing, and so would hide an error in folding them. */
  private static void unsettle(Student student, NDManager manager) {
    SplittableRandom random = new SplittableRandom(5);
    student
        .block()
        .getParameters()
        .forEach(
            entry -> {
              Shape shape = entry.getValue().getShape();
              if (shape.dimension() == 1) {
                float[] values = new float[(int) shape.size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = (float) random.nextDouble(0.5, 1.5);
                }
                manager.create(values, shape).copyTo(entry.getValue().getArray());
              }
            });
  }

  @Test
  void aClassWhoseClipsAreAllInOneFoldCannotBeJudged() {
    List<TrainingClip> clips = new ArrayList<>(tones());
    clips.add(tone("lonely", 2, 1_000));
    assertThatThrownBy(
            () ->
                new BackboneRequest(
                    "x",
                    "1",
                    "CC0-1.0",
                    clips,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    SHORT,
                    "",
                    ""))
        .hasMessage("lonely: all its clips are in fold 2");
  }

  private record Silent(List<String> said) implements BackboneRun.Listener {
    @Override
    public void begins(String what) {}

    @Override
    public void says(String text) {
      said.add(text);
    }

    @Override
    public void step(int step, int steps, double loss) {}
  }
}
