package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** What {@code earshot train} refuses: in one line, with status 2, before it writes anything. */
class TrainCommandTest {
  private static final int CLIPS = 5;

  @TempDir Path folder;

  private Path packages;
  private Path config;
  private Path data;
  private List<String> out;
  private List<String> err;

  @BeforeEach
  void configure() throws Exception {
    packages = folder.resolve("packages");
    config = folder.resolve("earshot.yaml");
    data = folder.resolve("data");
    Files.writeString(config, "model: {directory: '" + packages + "'}\n");
    SmallModel.backbone(packages);
    SmallModel.classifier(packages);
  }

  @Test
  void aFolderThatCannotBecomeThePackageIsRefused() throws Exception {
    clips("cat", "dog");
    assertRefusedOut("--model-out: the folder's name \"My Dogs\" is not a package name", "My Dogs");
    assertRefusedOut("--model-out: the folder's name \"Dogs\" is not a package name", "Dogs");
    Files.createDirectories(folder.resolve("full/of"));
    assertRefusedOut("--model-out: " + folder.resolve("full") + " is there and is no", "full");
    Path file = Files.writeString(folder.resolve("file"), "notes");
    assertRefusedOut("--model-out: " + file + " is there and is no model package", "file");
    assertRefusedOut("--model-out: " + file + " is no folder that can be written to", "file/head");
    Path link = Files.createSymbolicLink(folder.resolve("link"), packages.resolve("dogs"));
    assertRefusedOut("--model-out: " + link + " is a symbolic link", "link");
    assertThat(file).hasContent("notes");
  }

  @Test
  void whatTheTrainingNeedsIsNotReplaced() throws Exception {
    clips("cat", "dog");
    String backbone = "packages/backbone";
    assertRefusedOut(
        "--model-out: " + folder.resolve(backbone) + " is the backbone itself", backbone);
    String teacher = "packages/dogs";
    assertRefused(
        "--model-out: " + folder.resolve(teacher) + " is the teacher itself",
        train(teacher, "--teacher", "dogs"));
  }

  @Test
  void aBackboneMustBeThereAndEmbed() throws Exception {
    clips("cat", "dog");
    assertRefused("--backbone: No model package \"cats\"", train("head", "--backbone", "cats"));
    assertRefused("--backbone: dogs gives scores alone", train("head", "--backbone", "dogs"));
    assertRefused(
        "--fold-backbones: the data has no folds of its own",
        train("head", "--fold-backbones", folder.resolve("nowhere").toString()));
  }

  @Test
  void numbersAndPatternsThatMakeNoSenseAreRefused() throws Exception {
    clips("cat", "dog");
    assertRefused("--folds: 1 folds are too few", train("head", "--folds", "1"));
    assertRefused("--folds: 100000 is more than 100", train("head", "--folds", "100000"));
    assertRefused("Invalid value for option '--folds'", train("head", "--folds", "few"));
    assertRefused("--recordings: Unclosed group", train("head", "--recordings", "("));
    assertRefused(
        "--recordings: the pattern of recordings, cat, has no group",
        train("head", "--recordings", "cat"));
    assertRefused(
        "--recordings (zebra): its group is found in no file's name",
        train("head", "--recordings", "(zebra)"));
    for (String number : List.of("-1", "NaN", "Infinity")) {
      assertRefused(
          "--max-false-alarms-per-hour: ", train("head", "--max-false-alarms-per-hour", number));
    }
    assertRefused("--licence: \"\" is no SPDX", train("head", "--licence", ""));
    assertRefused("Invalid value for option '--head'", train("head", "--head", "forest"));
  }

  @Test
  void optionsWithoutEffectAreRefused() throws Exception {
    clips("cat", "dog");
    for (String option : List.of("--max-false-alarms-per-hour", "--folds", "--recordings")) {
      assertRefused(
          option + ": has no effect with --teacher",
          train("head", "--teacher", "dogs", option, "2"));
    }
    assertRefused(
        "--optimizer: has no effect without --head mlp",
        train("head", "--head", "svm", "--optimizer", "adagrad"));
    assertRefused(
        "--backbone: has no effect with --features mfcc",
        train("head", "--features", "mfcc", "--backbone", "backbone"));
  }

  @Test
  void aTeacherMustBeThereAndScore() throws Exception {
    clips("cat", "dog");
    assertRefused("--teacher: No model package \"cats\"", train("head", "--teacher", "cats"));
    assertRefused("--teacher: backbone gives no scores", train("head", "--teacher", "backbone"));
    assertRefused(
        "--head: svm cannot learn a teacher's scores",
        train("head", "--teacher", "dogs", "--head", "svm"));
    Path few = Files.createDirectory(folder.resolve("few"));
    Files.createFile(few.resolve("one.wav"));
    data = few;
    assertRefused(
        few + ": 1 sound files, at least 5 are needed", train("head", "--teacher", "dogs"));
    data = folder.resolve("nowhere");
    assertRefused(data + ": no such folder", train("head", "--teacher", "dogs"));
  }

  @Test
  void aBuildWithoutPyTorchSaysSo() throws Exception {
    assumeFalse(hasPyTorch(), "this build has PyTorch");
    clips("cat", "dog");
    assertRefused("no PyTorch on the class path", train("head", "--head", "mlp"));
    assertRefused("no PyTorch on the class path", train("head", "--teacher", "dogs"));
  }

  @Test
  void dataThatIsNoDataSetIsRefused() throws Exception {
    assertRefused("Missing required option: '--data=DIR'", "--model-out", "head");
    assertRefused(data + ": no such folder", train("head"));
    clips("dog");
    assertRefused(data + ": found the class dog alone", train("head"));
    clips("cat");
    Files.delete(data.resolve("cat/3-cat.wav"));
    assertRefused(data + ": too few clips: class cat has 4", train("head"));
    Files.createFile(data.resolve("cat/3-cat.wav"));
    Path empty = Files.createDirectory(data.resolve("mouse"));
    assertRefused(empty + ": a folder of a class without sound files", train("head"));
    Files.delete(empty);
    clips("guard dog");
    assertRefused(data + ": a folder's name: the label \"guard dog\"", train("head"));
  }

  @Test
  void aCsvWithABadLabelOrAFoldWithoutAClassIsRefused() throws Exception {
    clips("sounds");
    Path csv = data.resolve("clips.csv");
    Files.writeString(csv, rows("cat/tom", 1));
    assertRefused(csv + ", line 2: the label \"cat/tom\" cannot be used", train("head"));
    Files.writeString(csv, rows("guard dog", 1));
    assertRefused(csv + ", line 2: the label \"guard dog\" cannot be used", train("head"));
    for (int i = CLIPS + 1; i <= 2 * CLIPS; i++) {
      Files.createFile(data.resolve("sounds").resolve(i + "-sounds.wav"));
    }
    String inTwoFolds = rows("dog", CLIPS + 1).replace(",3\n", ",1\n");
    Files.writeString(csv, rows("cat", 1) + inTwoFolds.substring(inTwoFolds.indexOf('\n') + 1));
    assertRefused(data + ": fold 3 has no clip of class dog", train("head"));
  }

  /** Sounds as they should not be. */
  enum Damage {
    NO_BYTES,
    TEXT,
    SILENCE,
    HALF_A_HEADER
  }

  @ParameterizedTest
  @EnumSource
  void clipsThatCannotBeLearntFromDoNotCount(Damage damage) throws Exception {
    clips("cat", "dog");
    for (int i = 1; i <= CLIPS; i++) {
      Files.write(data.resolve("cat").resolve(i + "-cat.wav"), noise(i));
      Files.write(data.resolve("dog").resolve(i + "-dog.wav"), noise(10 + i));
    }
    Files.write(data.resolve("dog/3-dog.wav"), damaged(damage));
    assertRefused(data + ": too few clips: class dog has 4", train("head"));
    assertThat(folder.resolve("head")).doesNotExist();
  }

  private static byte[] damaged(Damage damage) throws Exception {
    return switch (damage) {
      case NO_BYTES -> new byte[0];
      case TEXT -> "this is no sound\n".getBytes(UTF_8);
      case SILENCE -> TestWav.mono16k(new byte[32_000]);
      case HALF_A_HEADER -> Arrays.copyOf(noise(1), 22);
    };
  }

  /** Half a second. */
  private static byte[] noise(long seed) throws Exception {
    byte[] pcm = new byte[16_000];
    new Random(seed).nextBytes(pcm);
    return TestWav.mono16k(pcm);
  }

  /** Five clips of each label that nobody needs to open. */
  private void clips(String... labels) throws Exception {
    for (String label : labels) {
      Path clips = Files.createDirectories(data.resolve(label));
      for (int i = 1; i <= CLIPS; i++) {
        Files.createFile(clips.resolve(i + "-" + label + ".wav"));
      }
    }
  }

  /** Five rows in folds 1 to 3, of clips from that number on. */
  private static String rows(String label, int first) {
    StringBuilder csv = new StringBuilder("filename,category,fold\n");
    for (int i = 0; i < CLIPS; i++) {
      csv.append("sounds/%d-sounds.wav,%s,%d\n".formatted(first + i, label, i % 3 + 1));
    }
    return csv.toString();
  }

  private static boolean hasPyTorch() {
    try {
      Class.forName("ai.djl.pytorch.engine.PtEngine", false, Earshot.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private void assertRefusedOut(String start, String name) {
    assertRefused(start, train(name));
  }

  /** On the small backbone, into a folder of that name, and further arguments. */
  private String[] train(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
    arguments.addAll(List.of("--model-out", folder.resolve(name).toString()));
    arguments.addAll(List.of("--cache", folder.resolve("cache").toString()));
    List<String> given = List.of(more);
    if (!given.contains("--backbone") && !given.contains("mfcc")) {
      arguments.addAll(List.of("--backbone", "backbone"));
    }
    arguments.addAll(given);
    return arguments.toArray(String[]::new);
  }

  private void assertRefused(String start, String... arguments) {
    assertThat(run(arguments)).as("%s", Arrays.toString(arguments)).isEqualTo(2);
    assertThat(err.get(0)).startsWith("earshot: " + start);
    assertThat(err.stream().skip(1)).allMatch("Try: ./earshot train --help"::equals);
    assertThat(err).hasSizeLessThanOrEqualTo(2);
    assertThat(out).isEmpty();
  }

  private int run(String... arguments) {
    StringWriter results = new StringWriter();
    StringWriter rest = new StringWriter();
    List<String> all = new ArrayList<>(List.of("train", "--config", config.toString()));
    all.addAll(List.of(arguments));
    CommandLine line =
        Earshot.commandLine().setOut(new PrintWriter(results)).setErr(new PrintWriter(rest));
    int status = line.execute(all.toArray(String[]::new));
    out = results.toString().lines().toList();
    err = rest.toString().lines().toList();
    return status;
  }
}
