package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.app.DemoTable.Heard;
import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a country that writes commas for points. */
class DemoTableTest {
  private static final Scene SCENE =
      Scene.of(1, 60)
          .with("siren", MadeSounds.SIREN, 4, 12, 0)
          .with("rain", MadeSounds.RAIN, 20, 30, 0);

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void inGermany() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void back() {
    Locale.setDefault(before);
  }

  @Test
  void whatWasHeardStandsBesideWhatWasPlayed() {
    assertThat(table(new Heard("siren", 3.84, 12.48, 0.97), new Heard("rain", 21, 30, 0.5)))
        .containsExactly(
            "seconds   played        heard as                      from, to      score  onset",
            "  4 - 12  siren         siren                         3.84-12.48    0.97   -0.16 s",
            " 20 - 30  rain          rain                          21.00-30.00   0.50   +1.00 s",
            "",
            "2 of 2 heard, onsets off by 0.58 s on average; nothing heard in the quiet between.");
  }

  @Test
  void whatWasNotHeardIsMissed() {
    assertThat(table(new Heard("rain", 5, 6, 0.9)))
        .anyMatch(line -> line.matches("  4 - 12  siren  .* - .*missed"))
        .contains("                        also rain")
        .anyMatch(line -> line.matches(" 20 - 30  rain  .* - .*missed"))
        .endsWith("0 of 2 heard; nothing heard in the quiet between.");
  }

  @Test
  void whatIsHeardInTheQuietIsNamed() {
    assertThat(table(new Heard("siren", 4, 12, 0.9), new Heard("siren", 15, 16, 0.4)))
        .endsWith(
            "1 of 2 heard, onsets off by 0.00 s on average;"
                + " in the quiet between, siren (15.00-16.00).");
  }

  @Test
  void toSayThatItIsQuietIsNoFalseAlarm() {
    assertThat(table(new Heard("Silence", 13, 16, 0.9), new Heard("background", 13, 16, 0.9)))
        .endsWith("0 of 2 heard; nothing heard in the quiet between.");
  }

  @Test
  void aSoundHeardInPiecesCountsFromTheFirstToTheLast() {
    assertThat(table(new Heard("rain", 27, 29, 0.6), new Heard("rain", 20.5, 24, 0.8)))
        .contains(
            " 20 - 30  rain          rain                          20.50-29.00   0.80   +0.50 s");
  }

  @Test
  void theWordsOfAudioSetCountToo() {
    assertThat(
            table(
                new Heard("Alarm", 4, 12, 0.99),
                new Heard("Siren", 5, 12, 0.7),
                new Heard("Rain on surface", 20, 30, 0.6),
                new Heard("Music", 21, 22, 0.3)))
        .contains(
            "  4 - 12  siren         Siren                         5.00-12.00    0.70   +1.00 s",
            "                        also Alarm",
            " 20 - 30  rain          Rain on surface               20.00-30.00   0.60   +0.00 s",
            "                        also Music");
  }

  @Test
  void ofManyOtherWordsTheSurestFourAreNamed() {
    assertThat(
            table(
                new Heard("a", 4, 5, 0.1),
                new Heard("b", 4, 5, 0.5),
                new Heard("c", 4, 5, 0.4),
                new Heard("d", 4, 5, 0.3),
                new Heard("e", 4, 5, 0.2)))
        .contains("                        also b; c; d; e; 1 more");
  }

  @Test
  void theDemoLastsAMinuteAndBeginsAndEndsQuiet() {
    List<Scene.Part> truth = DemoScene.scene().truth();
    assertThat(DemoScene.scene().render()).hasSize(60 * 16_000);
    assertThat(truth.get(0).onset()).isGreaterThanOrEqualTo(2);
    assertThat(truth.get(truth.size() - 1).offset()).isLessThanOrEqualTo(59);
    for (int i = 1; i < truth.size(); i++) {
      assertThat(truth.get(i).onset() - truth.get(i - 1).offset()).isGreaterThanOrEqualTo(2);
    }
    assertThat(truth)
        .extracting(Scene.Part::label)
        .contains("smoke_alarm", "siren", "clock_tick", "rain");
  }

  private static List<String> table(Heard... heard) {
    return new DemoTable(SCENE.truth(), Arrays.asList(heard)).lines();
  }
}
