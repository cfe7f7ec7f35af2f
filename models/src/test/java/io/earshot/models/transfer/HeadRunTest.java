package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.DatasetOptions;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.head.Examples;
import io.earshot.models.head.HeadTrainer;
import io.earshot.models.head.LiblinearTrainer;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On tones of three heights, heard through cepstral coefficients. */
class HeadRunTest {
  private static final int CLIPS = 6;
  private static final OptionalDouble BEST_F1 = OptionalDouble.empty();

  @TempDir Path folder;
  private NamedSounds sounds;
  private ModelPackage mfcc;
  private HeadTrainer trainer = LiblinearTrainer.linear();
  private Map<Integer, ModelPackage> foldBackbones = Map.of();

  @BeforeEach
  void tones() throws Exception {
    mfcc = MfccPackage.write(folder.resolve("backbones"));
    sounds = new NamedSounds(folder.resolve("data"));
    sounds.clips("low", "low", CLIPS).clips("middle", "middle", CLIPS).clips("high", "high", CLIPS);
  }

  private Taught run(boolean averaged, OptionalDouble rate) throws Exception {
    Path temporary = Files.createTempDirectory(folder, "temporary");
    HeadRequest request =
        new HeadRequest(
            "tones",
            "CC0-1.0",
            mfcc,
            foldBackbones,
            trainer,
            sounds,
            folder.resolve("cache"),
            temporary,
            1,
            new LinkedHashMap<>(Map.of("head", "linear")),
            "./earshot train data");
    Dataset dataset = Dataset.read(sounds.root(), DatasetOptions.standard().withFolds(3));
    return new HeadRun(request, dataset, averaged, rate, new Quiet())
        .write(folder.resolve("packages"));
  }

  private Taught run() throws Exception {
    return run(false, BEST_F1);
  }

  private static JsonNode report(Taught taught) throws IOException {
    return new ObjectMapper().readTree(taught.directory().resolve("report.json").toFile());
  }

  /** What the package makes of a file. */
  private JudgedClip judged(ModelPackage model, String file) throws Exception {
    try (SegmentNetwork network = SegmentNetwork.scores(model, model.hop())) {
      EmbeddedClip heard = network.hear(sounds.read(sounds.root().resolve(file)));
      return new JudgedClip(
          file, List.of(), 0, heard.seconds(), heard.embeddings(), heard.levels());
    }
  }

  @Test
  void classesThatDifferBecomeAPackageThatTellsThemApart() throws Exception {
    Taught taught = run();
    JsonNode report = report(taught);
    assertThat(report.get("accuracy").asDouble()).isEqualTo(1.0);
    assertThat(report.get("clips").asInt()).isEqualTo(3 * CLIPS);
    assertThat(report.get("folds")).hasSize(3);
    assertThat(taught.skipped()).isEmpty();
    assertThat(taught.directory()).isEqualTo(folder.resolve("packages").resolve("tones"));

    ModelPackage model = ModelPackage.load(taught.directory());
    TrialRun.of(model);
    assertThat(model.labels()).containsExactly("high", "low", "middle", "background");
    assertThat(model.background()).hasValue(3);
    assertThat(model.manifest().licence()).isEqualTo("CC0-1.0 AND GPL-3.0-or-later");
    assertThat(model.manifest().backbone().name()).isEqualTo("mfcc");
    assertThat(model.manifest().backbone().version()).isEqualTo("1");
    assertThat(model.manifest().backbone().sha256())
        .isEqualTo(mfcc.manifest().files().get("network.onnx"));
    for (int i = 0; i < 3; i++) {
      assertThat(model.threshold(i))
          .isEqualTo(
              report.get("classes").get(model.labels().get(i)).get("threshold").floatValue());
      JudgedClip clip = judged(model, model.labels().get(i) + "/a.wav");
      for (int other = 0; other < 3; other++) {
        assertThat(clip.max(other) >= model.threshold(other)).isEqualTo(i == other);
      }
    }
  }

  @Test
  void theSecondRunWithAnotherHeadHearsNothingAgain() throws Exception {
    run();
    int reads = sounds.reads();
    assertThat(reads).isGreaterThanOrEqualTo(3 * CLIPS);
    trainer = LiblinearTrainer.svm();
    Taught again = run();
    // Only pictures of mistakes want the sound once more, and there are none.
    assertThat(report(again).get("accuracy").asDouble()).isEqualTo(1.0);
    assertThat(sounds.reads()).isEqualTo(reads);
  }

  @Test
  void aClassOfNoiseIsRefusedAndNothingIsWritten() throws Exception {
    sounds.clips("hiss", "white_noise", CLIPS).clips("background", "low+high", CLIPS);
    assertThatThrownBy(this::run)
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("No package was written: \"hiss\" ")
        .hasMessageContaining("made ")
        .hasMessageContaining("noise")
        .hasMessageNotContaining("\n");
    assertThat(folder.resolve("packages"))
        .satisfiesAnyOf(
            packages -> assertThat(packages).doesNotExist(),
            packages -> assertThat(packages).isEmptyDirectory());
  }

  @Test
  void whatCannotBeHeardIsSkippedAndNamed() throws Exception {
    sounds
        .file("low/empty.wav", "")
        .file("low/text.wav", "these are many words")
        .file("high/quiet.wav", "silence 1");
    Files.createSymbolicLink(
        sounds.root().resolve("high/broken.wav"), sounds.root().resolve("nowhere"));
    Taught taught = run();
    Map<String, String> expected =
        Map.of(
            "low/empty.wav", "holds no sound",
            "low/text.wav", "is no sound",
            "high/quiet.wav", "holds nothing but silence",
            "high/broken.wav", "no such file");
    assertThat(taught.skipped()).isEqualTo(expected);
    JsonNode skipped = report(taught).get("skipped");
    assertThat(skipped).hasSize(4);
    assertThat(skipped.get(0).get("clip").asText()).isEqualTo("high/broken.wav");
    assertThat(report(taught).get("clips").asInt()).isEqualTo(3 * CLIPS);
  }

  @Test
  void aClassWithTooFewClipsThatCanBeHeardIsRefusedWithTheReason() throws Exception {
    sounds.file("low/a.wav", "").file("low/b.wav", "no sound at all");
    assertThatThrownBy(this::run)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("too few clips: class low has 4; every class needs at least 5")
        .hasMessageContaining("(2 files were skipped: low/a.wav: holds no sound; low/b.wav: ");
    assertThat(folder.resolve("packages")).doesNotExist();
  }

  @Test
  void copiesDoNotMakeUpForClips() {
    for (String name : List.of("b", "c", "d", "e", "f")) {
      sounds.file("low/" + name + ".wav", "low 1");
    }
    assertThatThrownBy(this::run)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("class low has 1;");
  }

  @Test
  void theSameContentInTwoFoldersHasBothLabels() throws Exception {
    for (int i = 1; i <= CLIPS; i++) {
      String chord = "low+high " + i;
      sounds.file("low/both" + i + ".wav", chord).file("high/chord" + i + ".wav", chord);
    }
    Taught taught = run();
    JsonNode report = report(taught);
    assertThat(report.get("clips").asInt()).isEqualTo(4 * CLIPS);
    assertThat(report.get("classes").get("low").get("clips").asInt()).isEqualTo(2 * CLIPS);
    assertThat(report.get("classes").get("high").get("clips").asInt()).isEqualTo(2 * CLIPS);
    assertThat(taught.skipped())
        .hasSize(CLIPS)
        .containsEntry(
            "low/both1.wav", "has the content of high/chord1.wav, and its label goes there");
    ModelPackage model = ModelPackage.load(taught.directory());
    sounds.file("new.wav", "low+high 99");
    JudgedClip clip = judged(model, "new.wav");
    assertThat(clip.max(0)).isGreaterThanOrEqualTo(model.threshold(0));
    assertThat(clip.max(1)).isGreaterThanOrEqualTo(model.threshold(1));
    assertThat(clip.max(2)).isLessThan(model.threshold(2));
  }

  @Test
  void noFalseAlarmMeansThatNoClipOfAnotherClassReachesTheThreshold() throws Exception {
    JsonNode classes = report(run(false, OptionalDouble.of(0))).get("classes");
    for (JsonNode measures : classes) {
      assertThat(measures.get("false_alarms_per_hour").asDouble()).isZero();
      assertThat(measures.get("precision").asDouble()).isEqualTo(1.0);
      assertThat(measures.get("recall").asDouble()).isEqualTo(1.0);
    }
  }

  @Test
  void aFoldIsJudgedWithItsOwnBackbone() throws Exception {
    foldBackbones = Map.of(2, ConstantBackbone.write(folder.resolve("constant")));
    JsonNode folds = report(run()).get("folds");
    assertThat(folds.get(0).get("accuracy").asDouble()).isEqualTo(1.0);
    // It hears no difference, so it has the same top label for all of three classes.
    assertThat(folds.get(1).get("accuracy").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(folds.get(2).get("accuracy").asDouble()).isEqualTo(1.0);
  }

  @Test
  void backbonesOfFoldsThatHaveChangedAreRefused() throws Exception {
    foldBackbones = Map.of(2, mfcc);
    sounds.clips("low", "low", 9).file("low/a.wav", "");
    assertThatThrownBy(this::run)
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("Without the 1 files that were skipped the folds are others");
  }

  @Test
  void anAveragedClipIsOneExample() throws Exception {
    for (int i = 0; i < MadeNoise.KINDS.size(); i++) {
      String kind = MadeNoise.KINDS.get(i).name().toLowerCase(Locale.ROOT);
      if (!kind.equals("silence")) {
        sounds.file("background/" + (char) ('a' + i) + ".wav", kind + " 1");
      }
    }
    List<Integer> examples = new ArrayList<>();
    HeadTrainer linear = trainer;
    trainer =
        (learnt, heldOut, progress) -> {
          examples.add(learnt.size() + heldOut.size());
          return linear.train(learnt, heldOut, progress);
        };
    run(true, BEST_F1);
    // At last all: 18 clips, and 5 of background, whose 2 segments each must not be heard either.
    assertThat(examples).hasSize(4).element(3).isEqualTo(18 + 5 * 2);
    // Each is learnt from in two of the three trainings without a fold.
    assertThat(examples.get(0) + examples.get(1) + examples.get(2)).isEqualTo(2 * 28);
    examples.clear();
    run(false, BEST_F1);
    assertThat(examples.get(3)).isGreaterThan(28);
  }

  @Test
  void noClipOfTheFoldIsLearntFromBeforeItIsJudged() throws Exception {
    List<Examples> learnt = new ArrayList<>();
    HeadTrainer linear = trainer;
    trainer =
        (examples, heldOut, progress) -> {
          learnt.add(examples);
          learnt.add(heldOut);
          return linear.train(examples, heldOut, progress);
        };
    run();
    Dataset dataset = Dataset.read(sounds.root(), DatasetOptions.standard().withFolds(3));
    try (SegmentNetwork network = SegmentNetwork.embedding(mfcc)) {
      for (LabelledFile file : dataset.files()) {
        float[] embedding = network.hear(sounds.read(file.file())).embeddings().get(0);
        for (int fold = 1; fold <= 3; fold++) {
          boolean seen =
              learnt.subList(2 * fold - 2, 2 * fold).stream()
                  .flatMap(examples -> examples.inputs().stream())
                  .anyMatch(input -> Arrays.equals(input, embedding));
          assertThat(seen).as("%s in fold %d", file.name(), fold).isEqualTo(file.fold() != fold);
        }
      }
    }
  }

  @Test
  void aBackgroundOfOneFoldIsRefused() {
    sounds.clips("background", "fast_chirps", 1);
    assertThatThrownBy(this::run)
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("background: all clips are in one fold");
  }
}
