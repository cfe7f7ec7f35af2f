package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code earshot evaluate}, as far as it hears nothing. */
class EvaluateCommandTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @TempDir Path folder;

  private List<String> out;
  private List<String> err;

  @Test
  void theJsonReportHasSedEvalsNumbers() throws Exception {
    JsonNode expected = JSON.readTree(Shared.path("sed_eval/expected.json").toFile()).get(1);
    JsonNode report =
        json(
            "--reference",
            sedEval(expected.get("reference").asText()),
            "--estimated",
            sedEval(expected.get("estimated").asText()),
            "--collar",
            expected.get("collar_seconds").asText(),
            "--offset-tolerance",
            expected.get("offset_percentage_of_length").asText());
    assertSame(report.at("/event_onset_offset/overall"), expected.get("event_onset_offset"));
    assertSame(report.at("/event_onset_only/overall"), expected.get("event_onset_only"));
    assertSame(report.at("/segment/overall"), expected.get("segment_1s"));
    assertThat(report.get("labels")).isEqualTo(expected.get("labels"));
    assertThat(report.get("files")).isEmpty();
    assertThat(report.at("/event_onset_offset/class_wise/doorslam/f_measure/f_measure").asDouble())
        .isCloseTo(0.6, within(1e-9));
    assertThat(report.at("/event_onset_offset/class_wise/mouse/f_measure/f_measure").isNull())
        .isTrue();
    assertThat(report.at("/event_onset_offset/class_wise/mouse/count/Nref").asInt()).isEqualTo(4);
  }

  @Test
  void theTextReportIsTwoTables() throws Exception {
    Path reference = write("reference.txt", "1\t3\tdog\n5\t6\tcat\n");
    Path estimated = write("estimated.txt", "1.1\t2.9\tdog\n5\t6\tdog\n");
    assertThat(run("--reference", reference.toString(), "--estimated", estimated.toString()))
        .isZero();
    assertThat(out)
        .containsExactly(
            "reference  " + reference + ", 2 events",
            "estimated  " + estimated + ", 2 events",
            "onset      may be off by 0.2 s",
            "offset     may be off by 0.2 s or 0.5 of the event's length",
            "segment    1 s",
            "",
            "ALL LABELS       F1  PRECISION  RECALL  ERRORS  SUBSTITUTED  DELETED  INSERTED",
            "onset+offset  0.500      0.500   0.500   0.500        0.500    0.000     0.000",
            "onset         0.500      0.500   0.500   0.500        0.500    0.000     0.000",
            "segment       0.667      0.667   0.667   0.333        0.333    0.000     0.000",
            "",
            "F1 BY LABEL       TRUE  ESTIMATED  ONSET+OFFSET  ONSET  SEGMENT",
            "cat                  1          0             -      -        -",
            "dog                  1          2         0.667  0.667    0.800",
            "mean over labels     2          2         0.667  0.667    0.800");
  }

  @Test
  void wrongUseIsSaidInOneLine() throws Exception {
    String fine = write("fine.txt", "1\t3\tdog\n").toString();
    String bad = write("bad.txt", "1\t3\tdog\n5\tsix\tcat\n").toString();
    assertRefused(
        "earshot: nope.txt: no such file", "--reference", fine, "--estimated", "nope.txt");
    assertRefused("earshot: " + bad + ": line 2: ", "--reference", bad, "--estimated", fine);
    assertRefused("earshot: --estimated is missing", "--reference", fine);
    assertRefused("earshot: --reference is missing", "--estimated", fine);
    assertRefused("earshot: --collar must be", pairAnd(fine, "--collar", "-1"));
    assertRefused("earshot: --collar must be", pairAnd(fine, "--collar", "NaN"));
    assertRefused(
        "earshot: --offset-tolerance must be", pairAnd(fine, "--offset-tolerance", "1.1"));
    assertRefused("earshot: --segment must be", pairAnd(fine, "--segment", "0"));
    assertRefused("earshot: Invalid value for option '--collar'", pairAnd(fine, "--collar", "x"));
    assertRefused("earshot: Invalid value for option '--format'", pairAnd(fine, "--format", "x"));
  }

  @Test
  void scenesThatCannotBeMixedAreRefusedInOneLine() throws Exception {
    Path data = data("dog_bark", "purr");
    assertRefused("earshot: --data is missing", scenes("--scenes", "2"));
    assertRefused("earshot: nope: ", scenes("--scenes", "2", "--data", "nope"));
    assertRefused("earshot: --scenes must be 1 to", mapped(data, "--scenes", "0"));
    assertRefused("earshot: a scene must last", mapped(data, "--scene-seconds", "9"));
    assertRefused("earshot: signal-to-noise ratios must be", mapped(data, "--snr", "10,99"));
    assertRefused("earshot: Invalid value for option '--snr'", mapped(data, "--snr", "loud"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(
        "earshot: " + empty + ": no sound files", mapped(data, "--background", empty.toString()));
    Path file = write("file.txt", "");
    assertRefused("earshot: " + file, mapped(data, "--scenes-out", file.toString()));
  }

  @Test
  void aLabelThatTheModelDoesNotRaiseAsksForItsName() throws Exception {
    String data = data("dog_bark", "purr", "silence").toString();
    String[] plain = scenes("--scenes", "2", "--data", data);
    assertRefused("earshot: model package base raises no events of purr, silence; ", plain);
    assertThat(err.get(0)).contains("--map purr=MODEL_LABEL").contains("models info base");
    assertRefused(
        "earshot: model package base raises no events of silence=background; ",
        scenes(
            "--scenes",
            "2",
            "--data",
            data,
            "--map",
            "purr=chainsaw",
            "--map",
            "silence=background"));
    assertRefused(
        "earshot: --map dog=rain: the data has no label dog; it has dog_bark, purr, silence",
        scenes("--scenes", "2", "--data", data, "--map", "dog=rain"));
  }

  /** Each would have no effect. */
  @Test
  void optionsOfAnotherKindOfEvaluationAreRefused() throws Exception {
    String fine = write("fine.txt", "1\t3\tdog\n").toString();
    assertRefused(
        "earshot: --scenes does not go with two lists of events", pairAnd(fine, "--scenes", "2"));
    assertRefused(
        "earshot: --config does not go with two lists of events", pairAnd(fine, "--config", "x"));
    assertRefused(
        "earshot: --collar does not go with --scenes", scenes("--scenes", "2", "--collar", "1"));
    assertRefused("earshot: what is to be evaluated?");
  }

  /** With the package that comes with Earshot. */
  private static String[] scenes(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--model", Shared.base().toString()));
    return all.toArray(String[]::new);
  }

  private static String[] mapped(Path data, String option, String value) {
    List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--map", "purr=rain"));
    all.addAll(
        option.equals("--scenes")
            ? List.of(option, value)
            : List.of("--scenes", "2", option, value));
    return scenes(all.toArray(String[]::new));
  }

  /** Five clips of each label that nobody opens. */
  private Path data(String... labels) throws Exception {
    for (String label : labels) {
      Path clips = Files.createDirectories(folder.resolve("data").resolve(label));
      for (int i = 0; i < 5; i++) {
        Files.createFile(clips.resolve(i + 1 + "-" + label + ".wav"));
      }
    }
    return folder.resolve("data");
  }

  private static String[] pairAnd(String list, String option, String value) {
    return new String[] {"--reference", list, "--estimated", list, option, value};
  }

  /** Every number of what is expected. */
  private static void assertSame(JsonNode actual, JsonNode expected) {
    for (String group : List.of("f_measure", "error_rate")) {
      assertThat(actual.get(group)).hasSameSizeAs(expected.get(group));
      expected
          .get(group)
          .properties()
          .forEach(
              number ->
                  assertThat(actual.get(group).get(number.getKey()).asDouble())
                      .as(number.getKey())
                      .isCloseTo(number.getValue().asDouble(), within(1e-6)));
    }
  }

  private void assertRefused(String start, String... arguments) {
    assertThat(run(arguments)).as("%s", Arrays.toString(arguments)).isEqualTo(2);
    assertThat(err.get(0)).startsWith(start);
    assertThat(err).hasSizeLessThanOrEqualTo(2);
    assertThat(out).isEmpty();
  }

  private JsonNode json(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--format", "json"));
    assertThat(run(all.toArray(String[]::new))).as("%s", err).isZero();
    return JSON.readTree(String.join("\n", out));
  }

  private int run(String... arguments) {
    StringWriter toOut = new StringWriter();
    StringWriter toErr = new StringWriter();
    CommandLine line = Earshot.commandLine();
    line.setOut(new PrintWriter(toOut, true)).setErr(new PrintWriter(toErr, true));
    List<String> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(List.of(arguments));
    int status = line.execute(all.toArray(String[]::new));
    out = toOut.toString().lines().toList();
    err = toErr.toString().lines().toList();
    return status;
  }

  private static String sedEval(String name) {
    return Shared.path("sed_eval").resolve(name).toString();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }
}
