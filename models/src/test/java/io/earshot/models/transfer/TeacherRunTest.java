package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.dataset.UnlabelledFiles;
import io.earshot.models.head.MfccNetwork;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import io.earshot.models.train.MlpSettings;
import io.earshot.models.train.MlpTrainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that Earshot brings teaches a head on cepstral coefficients, with PyTorch. */
class TeacherRunTest {
  private static final List<String> KINDS = List.of("smoke_alarm", "siren", "clock_tick", "rain");
  private static final int CLIPS = 10;

  @TempDir Path folder;
  private NamedSounds sounds;
  private ModelPackage backbone;
  private ModelPackage teacher;

  @BeforeEach
  void record() throws Exception {
    sounds = new NamedSounds(folder.resolve("recordings"));
    KINDS.forEach(kind -> sounds.clips(kind, kind, CLIPS));
    backbone = MfccPackage.write(folder.resolve("backbones"));
    teacher = ModelPackage.load(Path.of("packages", "base"));
  }

  private Taught run() throws Exception {
    HeadRequest request =
        new HeadRequest(
            "pupil",
            "CC0-1.0",
            backbone,
            Map.of(),
            new MlpTrainer(MlpSettings.plain()),
            sounds,
            folder.resolve("cache"),
            Files.createTempDirectory(folder, "temporary"),
            1,
            Map.of("head", "linear"),
            "./earshot train recordings --teacher base");
    List<LabelledFile> files = UnlabelledFiles.in(sounds.root(), TeacherRun.FOLDS);
    return new TeacherRun(request, files, teacher, new Quiet()).write(folder.resolve("packages"));
  }

  @Test
  void thePupilGivesTheTeachersLabels() throws Exception {
    ModelPackage pupil = ModelPackage.load(run().directory());
    TrialRun.of(pupil);
    assertThat(pupil.labels()).isEqualTo(teacher.labels());
    assertThat(pupil.thresholds()).isEqualTo(teacher.thresholds());
    assertThat(pupil.background()).isEqualTo(teacher.background());
    assertThat(pupil.manifest().backbone().name()).isEqualTo("mfcc");
    assertAgreed(pupil);
  }

  @Test
  void backboneAndTeacherEachHearThroughTheirOwnFrontEnd() throws Exception {
    assertThat(teacher.frontEnd()).isEqualTo(FrontEnd.vggish(0.001));
    PackageContent content =
        new PackageContent("vggish-mfcc", "1", "GPL-3.0-or-later")
            .source(Manifest.Source.inWords("made in a test"))
            .card("# vggish-mfcc\n")
            .network(
                ByteBuffer.wrap(MfccNetwork.graph().toBytes()),
                MfccNetwork.PATCHES,
                FrontEnd.vggish(0.01),
                960)
            .embedding(MfccNetwork.COEFFICIENTS);
    backbone =
        ModelPackage.load(PackageWriter.write(content, folder.resolve("backbones"), staged -> {}));
    ModelPackage pupil = ModelPackage.load(run().directory());
    assertThat(pupil.frontEnd()).isEqualTo(FrontEnd.vggish(0.01));
    assertAgreed(pupil);
  }

  /** In many more of the segments than if the pupil named the commonest label in each. */
  private void assertAgreed(ModelPackage pupil) throws Exception {
    // Sounds that neither run has heard.
    List<Integer> taught = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    for (String kind : KINDS) {
      for (int i = 50; i < 60; i++) {
        sounds.file("new.wav", kind + " " + i);
        float[] samples = sounds.read(sounds.root().resolve("new.wav"));
        taught.addAll(tops(teacher, samples));
        given.addAll(tops(pupil, samples));
      }
    }
    int agreed = 0;
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < taught.size(); i++) {
      agreed += taught.get(i).equals(given.get(i)) ? 1 : 0;
      counts.merge(taught.get(i), 1, Integer::sum);
    }
    int mostFrequent = counts.values().stream().mapToInt(count -> count).max().orElseThrow();
    assertThat(agreed / (double) taught.size())
        .isGreaterThan(mostFrequent / (double) taught.size() + 0.2);
  }

  private static List<Integer> tops(ModelPackage model, float[] samples) throws PackageException {
    try (SegmentNetwork network = SegmentNetwork.scores(model, model.hop())) {
      return network.hear(samples).embeddings().stream().map(TeacherRunTest::top).toList();
    }
  }

  private static int top(float[] scores) {
    int top = 0;
    for (int i = 1; i < scores.length; i++) {
      top = scores[i] > scores[top] ? i : top;
    }
    return top;
  }

  @Test
  void filesThatCannotBeReadAndCopiesAreSkippedAndNamed() throws Exception {
    sounds.file("rain/y.wav", "").file("rain/z.wav", "rain 1");
    Taught taught = run();
    assertThat(taught.skipped())
        .isEqualTo(
            Map.of("rain/y.wav", "holds no sound", "rain/z.wav", "has the content of rain/a.wav"));
    assertThat(taught.summary()).hasSize(2);
  }

  @Test
  void aTeacherOfAnotherHopIsRefused() throws Exception {
    teacher = withHop(480);
    assertThatThrownBy(this::run)
        .isInstanceOf(PackageException.class)
        .hasMessage("faster cannot teach mfcc: its hop is 480 ms, not 960 ms");
    assertThat(folder.resolve("packages")).doesNotExist();
  }

  private ModelPackage withHop(int hopMillis) throws PackageException {
    PackageContent content =
        new PackageContent("faster", "1", "GPL-3.0-or-later")
            .source(Manifest.Source.inWords("made in a test"))
            .card("# faster\n")
            .network(teacher.network(), teacher.inputName(), FrontEnd.vggish(0.001), hopMillis)
            .embedding(128)
            .scores(teacher.labels(), new Manifest.Thresholds(0.5f, Map.of()));
    return ModelPackage.load(
        PackageWriter.write(content, folder.resolve("teachers"), staged -> {}));
  }

  @Test
  void recordingsInWhichTheTeacherHearsNothingAreRefused() throws Exception {
    replace("faint_noise");
    assertThatThrownBy(this::run)
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("base hears none of its labels");
  }

  private void replace(String kind) throws IOException {
    int number = 0;
    for (String old : KINDS) {
      for (int i = 0; i < CLIPS; i++) {
        sounds.file(old + "/" + (char) ('a' + i) + ".wav", kind + " " + number++);
      }
    }
  }
}
