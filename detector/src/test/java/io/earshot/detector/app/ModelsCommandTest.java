package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line about packages, and that a faulty one is refused by name at start. */
class ModelsCommandTest {
  @TempDir Path folder;

  private Path packages;
  private Path config;
  private List<String> out;
  private List<String> err;

  @BeforeEach
  void configure() throws Exception {
    packages = folder.resolve("packages");
    config = folder.resolve("earshot.yaml");
    Files.writeString(config, "model: {directory: '" + packages + "'}\n");
  }

  @Test
  void listShowsSoundAndFaultyPackages() throws Exception {
    SmallModel.backbone(packages);
    Path dogs = SmallModel.classifier(packages);
    Files.createDirectories(packages.resolve(".dogs.install"));
    assertThat(run("models", "list")).isZero();
    assertThat(out)
        .containsExactly(
            "NAME      VERSION  KIND        LABELS  EMBEDDING  HOP     LICENCE  SIZE    ACCURACY",
            "backbone  1        backbone    -       2          960 ms  CC0-1.0  0.0 MB  -",
            "dogs      1        classifier  2       -          960 ms  CC0-1.0  0.0 MB  87.5 %");
    Files.writeString(dogs.resolve("card.md"), "changed");
    assertThat(run("models", "list")).isZero();
    assertThat(out)
        .last()
        .isEqualTo("dogs      -        faulty: card.md does not have the sha256 of model.yaml");
    assertThat(err).isEmpty();
  }

  @Test
  void listForProgramsHasAnObjectPerPackage() throws Exception {
    SmallModel.backbone(packages);
    Files.delete(SmallModel.classifier(packages).resolve("labels.csv"));
    assertThat(run("models", "list", "--format", "jsonl")).isZero();
    JsonNode backbone = json(0);
    assertThat(backbone.get("name").asText()).isEqualTo("backbone");
    assertThat(backbone.get("kind").asText()).isEqualTo("backbone");
    assertThat(backbone.get("classes").asInt()).isZero();
    assertThat(backbone.get("embedding").asInt()).isEqualTo(2);
    assertThat(backbone.get("hop_ms").asInt()).isEqualTo(960);
    assertThat(backbone.get("bytes").asLong()).isPositive();
    assertThat(backbone.has("fault")).isFalse();
    assertThat(json(1).get("name").asText()).isEqualTo("dogs");
    assertThat(json(1).get("fault").asText()).isEqualTo("labels.csv is missing");
  }

  @Test
  void anEmptyListSaysHowToInstall() {
    assertThat(run("models", "list")).isZero();
    assertThat(out).isEmpty();
    assertThat(err).first().asString().contains(packages.toString());
    assertThat(err).last().isEqualTo("./earshot models install yamnet");
    assertThat(run("models", "list", "--format", "jsonl")).isZero();
    assertThat(out).isEmpty();
  }

  @Test
  void infoTellsAll() throws Exception {
    Path dogs = SmallModel.classifier(packages);
    assertThat(run("models", "info", "dogs")).isZero();
    assertThat(out)
        .contains(
            "dogs 1",
            "  kind        classifier",
            "  licence     CC0-1.0",
            "  source      made in a test",
            "  input       patches, float32 N x 96 x 64",
            "  output      scores, float32 N x 2",
            "  accuracy    87.5 %, top label of 8 barks",
            "  threshold   0.4",
            "              0.6 Dog",
            "  background  background",
            "  labels      2: Dog; background")
        .anyMatch(line -> line.matches("  files       card.md       [0-9a-f]{64}"));
    assertThat(run("models", "info", "--format", "jsonl", dogs.toString())).isZero();
    assertThat(json(0).get("labels").get(0).asText()).isEqualTo("Dog");
    assertThat(json(0).at("/manifest/front_end/log_offset").asDouble()).isEqualTo(0.01);
    assertThat(json(0).at("/manifest/thresholds/labels/Dog").floatValue()).isEqualTo(0.6f);
    assertThat(json(0).at("/accuracy/value").asDouble()).isEqualTo(0.875);
  }

  @Test
  void infoOfABackboneHasNoThresholds() throws Exception {
    SmallModel.backbone(packages);
    assertThat(run("models", "info", "backbone")).isZero();
    assertThat(out)
        .contains("  kind        backbone", "  output      embedding, float32 N x 2")
        .noneMatch(line -> line.contains("threshold"));
  }

  @Test
  void verifyRunsTheNetworksOfSoundPackages() throws Exception {
    SmallModel.classifier(packages);
    SmallModel.backbone(packages);
    assertThat(run("models", "verify")).isZero();
    assertThat(out).containsExactly("backbone  ok", "dogs  ok");
  }

  @Test
  void verifyNamesEachFault() throws Exception {
    SmallModel.classifier(packages);
    SmallModel.wild(packages);
    SmallModel.mismatched(packages);
    Path backbone = SmallModel.backbone(packages);
    Files.writeString(backbone.resolve("network.onnx"), "no network");
    assertThat(run("models", "verify")).isEqualTo(1);
    assertThat(out).hasSize(4);
    assertThat(out.get(0))
        .isEqualTo("backbone  network.onnx does not have the sha256 of model.yaml");
    assertThat(out.get(1)).isEqualTo("dogs  ok");
    assertThat(out.get(2))
        .startsWith("mismatched  network.onnx: outputs of the network are not those of model.yaml");
    assertThat(out.get(3)).isEqualTo("wild  network.onnx embeds Infinity on silence");
    assertThat(run("models", "verify", "dogs")).isZero();
    assertThat(run("models", "verify", "dogs", "wild")).isEqualTo(1);
  }

  @Test
  void unknownNamesAreWrongUse() throws Exception {
    SmallModel.classifier(packages);
    for (String command : List.of("info", "verify")) {
      assertThat(run("models", command, "cats")).isEqualTo(2);
      assertThat(err).singleElement().asString().contains("No model package \"cats\"", "dogs");
      assertThat(out).isEmpty();
    }
    assertThat(run("models", "install", "cats")).isEqualTo(2);
    assertThat(err).singleElement().asString().contains("yamnet");
    assertThat(run("models", "install", "yamnet", "--from", "nowhere")).isEqualTo(2);
    assertThat(err).containsExactly("earshot: nowhere: no such file or folder");
  }

  @Test
  void infoOfAFaultyPackageFails() throws Exception {
    Path dogs = SmallModel.classifier(packages);
    Files.delete(dogs.resolve("labels.csv"));
    assertThat(run("models", "info", "dogs")).isEqualTo(1);
    assertThat(err).containsExactly("earshot: Model package " + dogs + ": labels.csv is missing");
  }

  @Test
  void aPackageWithAFaultIsRefusedByNameAtStart() throws Exception {
    Path dogs = SmallModel.classifier(packages);
    String sound = Files.readString(dogs.resolve("model.yaml"));
    byte[] network = Files.readAllBytes(dogs.resolve("network.onnx"));
    assertRefused(sound + "colour: red\n", network, "model.yaml: colour: unknown key");
    assertRefused(sound, new byte[] {1}, "network.onnx does not have the sha256 of model.yaml");
    assertRefused(
        sound.replace("- 96", "- 48"), network, "shape [48, 64] is not the front end's [96, 64]");
    assertRefused(
        sound.replace("    - 2\n", "    - 3\n"),
        network,
        "2 labels for the 3 scores of the network");
    Files.delete(dogs.resolve("card.md"));
    assertRefused(sound, network, "card.md is missing");
  }

  @Test
  void aNetworkThatDoesNotFitItsManifestIsRefusedByNameAtStart() throws Exception {
    Path mismatched = SmallModel.mismatched(packages);
    assertThat(run("detect", "--model", "mismatched", wav())).isEqualTo(2);
    assertThat(err)
        .singleElement()
        .asString()
        .startsWith("earshot: Model package " + mismatched + ": network.onnx: outputs of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"detect", "listen", "detector", "demo", "bench"})
  void aBackboneNamesNothing(String command) throws Exception {
    SmallModel.backbone(packages);
    List<String> arguments = new ArrayList<>(List.of(command, "--model", "backbone"));
    if (command.equals("detect")) {
      arguments.add(wav());
    }
    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err)
        .singleElement()
        .asString()
        .contains("model package backbone gives embeddings, no scores");
  }

  private void assertRefused(String manifest, byte[] network, String fault) throws Exception {
    Path dogs = packages.resolve("dogs");
    Files.writeString(dogs.resolve("model.yaml"), manifest);
    Files.write(dogs.resolve("network.onnx"), network);
    assertThat(run("detect", "--model", "dogs", wav())).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err)
        .singleElement()
        .asString()
        .startsWith("earshot: Model package " + dogs + ": ")
        .endsWith(fault);
  }

  private String wav() throws Exception {
    Path wav = folder.resolve("second.wav");
    Files.write(wav, TestWav.mono16k(new byte[32_000]));
    return wav.toString();
  }

  private JsonNode json(int line) throws Exception {
    return new ObjectMapper().readTree(out.get(line));
  }

  private int run(String... arguments) {
    StringWriter results = new StringWriter();
    StringWriter rest = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config");
    all.add(config.toString());
    CommandLine line =
        Earshot.commandLine().setOut(new PrintWriter(results)).setErr(new PrintWriter(rest));
    int status = line.execute(all.toArray(String[]::new));
    out = results.toString().lines().toList();
    err = rest.toString().lines().toList();
    return status;
  }
}
