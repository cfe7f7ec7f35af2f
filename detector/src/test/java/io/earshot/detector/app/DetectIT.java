package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot detect} as its users run it. */
class DetectIT {
  private static final String DOG = Shared.path("golden/dog.wav").toString();

  @TempDir Path folder;

  @Test
  void aBarkingDogIsHeardInEveryFormat() throws Exception {
    List<String> tsv = detect("--format", "tsv", DOG);
    assertThat(tsv).anyMatch(line -> line.matches("\\d+\\.\\d{3}\t\\d+\\.\\d{3}\tDog"));

    List<String> text = detect(DOG);
    assertThat(text).hasSameSizeAs(tsv).anyMatch(line -> line.endsWith("  Dog"));

    List<String> jsonl = detect("--format", "jsonl", DOG);
    assertThat(jsonl).hasSameSizeAs(tsv);
    for (int i = 0; i < jsonl.size(); i++) {
      JsonNode event = new ObjectMapper().readTree(jsonl.get(i));
      String[] row = tsv.get(i).split("\t");
      assertThat(event.get("state").asText()).isEqualTo("closed");
      assertThat(event.get("file").asText()).isEqualTo(DOG);
      assertThat(event.get("label").asText()).isEqualTo(row[2]);
      assertThat(event.get("start_seconds").asDouble()).isEqualTo(Double.parseDouble(row[0]));
      assertThat(event.get("end_seconds").asDouble()).isEqualTo(Double.parseDouble(row[1]));
      Instant onset = Instant.parse(event.get("onset").asText());
      Instant offset = Instant.parse(event.get("offset").asText());
      assertThat(offset.toEpochMilli() - onset.toEpochMilli())
          .isEqualTo(event.get("duration_ms").asLong());
    }
  }

  @Test
  void rawPcmOnStandardInputGivesTheEventsOfTheFile() throws Exception {
    byte[] wav = Files.readAllBytes(Path.of(DOG));
    // 16 kHz mono s16le after a header: the samples are the file's last 160,032 bytes.
    byte[] pcm = Arrays.copyOfRange(wav, wav.length - 2 * 80_016, wav.length);
    try (EarshotProcess detect = EarshotProcess.start("detect", "--format", "tsv", "-")) {
      try (OutputStream in = detect.process().getOutputStream()) {
        in.write(pcm);
      }
      assertThat(detect.waitFor(90)).as("%s", detect).isZero();
      assertThat(detect.out()).isEqualTo(detect("--format", "tsv", DOG));
    }
  }

  @Test
  void aFileShorterThanAPatchIsHeardAndItsCoverageSaysSo() throws Exception {
    byte[] pcm = new byte[2 * 7_800];
    byte[] wav = Files.readAllBytes(Path.of(DOG));
    // Half a patch from the loudest bark.
    System.arraycopy(wav, wav.length - 2 * 80_016 + 2 * 36_000, pcm, 0, pcm.length);
    Path file = folder.resolve("short.wav");
    Files.write(file, TestWav.mono16k(pcm));
    List<String> events = detect("--format", "jsonl", "--threshold", "0.1", file.toString());
    assertThat(events).isNotEmpty();
    for (String event : events) {
      assertThat(new ObjectMapper().readTree(event).get("coverage").asDouble()).isEqualTo(0.5);
    }
  }

  @Test
  void aShorterHopFindsTheSameDogCloser() throws Exception {
    assertThat(detect("--hop", "240", "--format", "tsv", DOG))
        .anyMatch(line -> line.endsWith("\tDog"))
        .anyMatch(line -> Double.parseDouble(line.split("\t")[0]) % 0.96 > 0.01);
  }

  @Test
  void oneBadFileAmongGoodOnesIsNamedAndTheOthersAreHeard() throws Exception {
    Path bad = folder.resolve("notes.wav");
    Files.writeString(bad, "this is no sound");
    try (EarshotProcess detect =
        EarshotProcess.start("detect", "--format", "tsv", bad.toString(), DOG)) {
      assertThat(detect.waitFor(90)).isEqualTo(1);
      assertThat(detect.err()).anyMatch(line -> line.startsWith("earshot: " + bad));
      assertThat(detect.out()).anyMatch(line -> line.endsWith("\tDog"));
    }
  }

  @Test
  void whatCannotWorkIsSaidInOneLineWithStatus2() throws Exception {
    assertRefused("earshot: nope.wav: no such file", "detect", "nope.wav");
    assertRefused("earshot: command line: segments.hop must be", "detect", "--hop", "500", DOG);
    assertRefused("earshot: No model package \"nope\"", "detect", "--model", "nope", DOG);
    assertRefused("earshot: Unknown option: '--frmat'", "detect", "--frmat", "x", DOG);
    Path empty = Files.createFile(folder.resolve("empty.wav"));
    assertRefused("earshot: " + empty, "detect", empty.toString());
  }

  @Test
  void aFreshCloneWithoutAModelIsToldHowToGetOne() throws Exception {
    try (EarshotProcess detect = EarshotProcess.start(folder, List.of("detect", DOG))) {
      assertThat(detect.waitFor(60)).isEqualTo(2);
      assertThat(detect.err())
          .singleElement()
          .asString()
          .contains("./earshot models install yamnet");
    }
  }

  @Test
  void ctrlCClosesWhatIsOpenAndPrintsIt() throws Exception {
    String rain = Shared.path("golden/rain.wav").toString();
    try (EarshotProcess detect =
        EarshotProcess.start("detect", "--pace", "realtime", "--format", "jsonl", rain, rain)) {
      // Rain goes on to the clip's end, so its event is still open when the signal comes.
      detect.awaitOut(line -> line.contains("\"label\""), 60);
      detect.interrupt();
      assertThat(detect.waitFor(40)).isEqualTo(130);
      assertThat(detect.out()).anyMatch(line -> line.contains("\"label\":\"Rain\""));
      assertThat(detect.err()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void ctrlCWhileTheNetworkIsScoringEndsInOrder() throws Exception {
    byte[] pcm = new byte[2 * 16_000 * 1_200];
    new Random(1).nextBytes(pcm);
    Path file = folder.resolve("noise.wav");
    Files.write(file, TestWav.mono16k(pcm));
    String name = file.toString();
    try (EarshotProcess detect = EarshotProcess.start("detect", name, name, name, name)) {
      detect.awaitErr(line -> line.contains("runs on the"), 60);
      Thread.sleep(4_000);
      detect.interrupt();
      assertThat(detect.waitFor(60)).as("%s", detect).isEqualTo(130);
      assertThat(detect.err()).noneMatch(line -> line.contains("fatal error"));
    }
  }

  private static List<String> detect(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("detect"));
    all.addAll(List.of(arguments));
    try (EarshotProcess detect = EarshotProcess.start(Shared.home(), all)) {
      assertThat(detect.waitFor(90)).as("%s", detect).isZero();
      return detect.out();
    }
  }

  private static void assertRefused(String start, String... arguments) throws Exception {
    try (EarshotProcess earshot = EarshotProcess.start(arguments)) {
      assertThat(earshot.waitFor(60)).as("%s", earshot).isEqualTo(2);
      assertThat(earshot.out()).isEmpty();
      assertThat(earshot.err().get(0)).startsWith(start);
      assertThat(earshot.err()).hasSizeLessThanOrEqualTo(2);
    }
  }
}
