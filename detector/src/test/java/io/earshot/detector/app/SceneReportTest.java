package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.event.Event;
import io.earshot.models.evaluate.sed.SoundEvent;
import io.earshot.models.evaluate.soundscape.HeardEvent;
import io.earshot.models.evaluate.soundscape.MixedEvent;
import io.earshot.models.evaluate.soundscape.SoundscapeSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two half hours with two dogs and a cat: one dog is found at once, one late, the cat never. */
class SceneReportTest {
  private static final SceneReport REPORT =
      report(
          List.of(truth("dog", 10, 12, 20), truth("dog", 20, 24, 0), truth("cat", 30, 31, 0)),
          List.of(
              heard("dog", 10.25, 12, 11), // 0.25 s late: right.
              heard("dog", 20.75, 23, 23), // 0.75 s late: right by a collar of 1 s.
              heard("cat", 50, 51, 51), // A false alarm.
              heard("bird", 50, 51, 51))); // Of no label of the data.

  @Test
  void theTextTellsHowMuchIsFoundHowSoonAndHowOftenForNothing() {
    assertThat(SceneReportText.of(REPORT))
        .containsExactly(
            "model      base 1",
            "scenes     2 of 1800 s (1.000 h), background made, seed 7",
            "labels     the 2 of the data; of other labels 1 events were heard, which are not judged",
            "event N    is right if its onset is within N s, its offset within N s or 0.5 of the length",
            "onset N    likewise, the onset alone",
            "segment N  is right or wrong by itself; each is N s long",
            "",
            "ALL LABELS     F1  PRECISION  RECALL  ERRORS  SUBSTITUTED  DELETED  INSERTED",
            "event 0.5   0.333      0.333   0.333   1.333        0.000    0.667     0.667",
            "onset 0.5   0.333      0.333   0.333   1.333        0.000    0.667     0.667",
            "event 1     0.667      0.667   0.667   0.667        0.000    0.333     0.333",
            "onset 1     0.667      0.667   0.667   0.667        0.000    0.333     0.333",
            "segment 1   0.769      0.833   0.714   0.429        0.000    0.286     0.143",
            "",
            "F1 BY LABEL       TRUE  ESTIMATED  EVENT 0.5  ONSET 0.5  EVENT 1  ONSET 1  SEGMENT 1",
            "cat                  1          1      0.000      0.000    0.000    0.000      0.000",
            "dog                  2          2      0.500      0.500    1.000    1.000      0.909",
            "mean over labels     3          3      0.250      0.250    0.500    0.500      0.455",
            "",
            "SNR    EVENTS  FOUND  SHARE",
            "0 dB        2      1  0.500",
            "20 dB       1      1  1.000",
            "all         3      2  0.667",
            "",
            "found         2 of 3 events, 1 missed: an event of the same label overlaps them",
            "delay         median 2.000 s, 95 % within 2.900 s: from the true onset to the end of the",
            "              segment that opened the event, in the stream's time; computing comes on top",
            "false alarms  1, 1.0 an hour: they overlap no true event of their label");
  }

  @Test
  void theJsonHasTheSame() throws Exception {
    JsonNode json = new ObjectMapper().readTree(SceneReportJson.of(REPORT));
    assertThat(json.at("/model/name").asText()).isEqualTo("base");
    assertThat(json.at("/scenes/hours").asDouble()).isEqualTo(1);
    assertThat(json.at("/events/of_other_labels").asInt()).isEqualTo(1);
    assertThat(json.at("/event_based/0/collar_seconds").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/event_based/1/event_onset_offset/class_wise/dog/f_measure/f_measure"))
        .hasToString("1.0");
    assertThat(json.at("/segment/overall/count/Nref").asInt()).isEqualTo(7);
    assertThat(json.at("/false_alarms/per_hour").asDouble()).isEqualTo(1);
    assertThat(json.at("/delay/median_seconds").asDouble()).isEqualTo(2);
    assertThat(json.at("/found/missed").asInt()).isEqualTo(1);
    assertThat(json.at("/by_snr/1/snr_db").asDouble()).isEqualTo(20);
    assertThat(json.at("/by_snr/1/share").asDouble()).isEqualTo(1);
  }

  @Test
  void whatIsNotDefinedIsADashOrNull() throws Exception {
    SceneReport deaf = report(List.of(truth("dog", 1, 2, 0)), List.of());
    JsonNode json = new ObjectMapper().readTree(SceneReportJson.of(deaf));
    assertThat(json.at("/delay/median_seconds").isNull()).isTrue();
    assertThat(json.at("/segment/overall/f_measure/precision").isNull()).isTrue();
    assertThat(SceneReportText.of(deaf))
        .anyMatch(line -> line.startsWith("delay         median - s, 95 % within - s"));
  }

  private static SceneReport report(List<MixedEvent> truth, List<HeardEvent> heard) {
    SoundscapeSettings settings = new SoundscapeSettings(1800, List.of(20.0, 0.0), 7);
    return new SceneReport(
        new Event.Model("base", "1"),
        new SceneReport.Setup(2, settings, "made"),
        Set.of("dog", "cat"),
        truth,
        heard);
  }

  private static MixedEvent truth(String label, double onset, double offset, double snr) {
    return new MixedEvent(new SoundEvent("scene-001.wav", onset, offset, label), snr);
  }

  private static HeardEvent heard(String label, double onset, double offset, double opened) {
    return new HeardEvent(new SoundEvent("scene-001.wav", onset, offset, label), opened);
  }
}
