package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.feature.LogMel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixturesTest {
  private static final double RMS = 0.1;

  @TempDir Path folder;
  private SegmentNetwork network;
  private ClipEmbedder embedder;

  @BeforeEach
  void open() throws Exception {
    network = SegmentNetwork.embedding(MfccPackage.write(folder));
    embedder = new ClipEmbedder(network, file -> new float[0], new EmbeddingCache(folder));
  }

  @AfterEach
  void close() {
    network.close();
  }

  /** A faint second of the tone, then a loud one. */
  private Clip tone(double hertz, double amplitude, int fold, String... labels) {
    float[] samples = new float[2 * LogMel.SAMPLE_RATE];
    for (int i = 0; i < samples.length; i++) {
      double level = i < 15_360 ? amplitude / 20 : amplitude;
      samples[i] = (float) (level * Math.sin(2 * Math.PI * hertz * i / LogMel.SAMPLE_RATE));
    }
    String name = hertz + " Hz in fold " + fold;
    return new Clip(name, List.of(labels), fold, name, name, () -> samples, network.hear(samples));
  }

  @Test
  void bothPartsAreHeardAtMostSixDecibelsApart() throws Exception {
    List<Clip> clips = new ArrayList<>();
    for (int fold = 1; fold <= 20; fold++) {
      clips.add(tone(1000, 0.9, fold, "low"));
      clips.add(tone(2000, 0.01, fold, "high"));
    }
    List<Double> differences = new ArrayList<>();
    for (Mixture mixture : mixtures(clips)) {
      float[] samples = mixture.clip().source().samples();
      assertThat(samples).hasSize(LogMel.PATCH_SAMPLES);
      boolean lowFirst = mixture.clip().name().startsWith("1000");
      double first = rms(samples, lowFirst ? 1000 : 2000);
      double second = rms(samples, lowFirst ? 2000 : 1000);
      assertThat(first).isCloseTo(RMS, within(1e-4));
      differences.add(20 * Math.log10(second / first));
    }
    assertThat(differences).hasSize(40).allMatch(decibels -> Math.abs(decibels) < 6.01);
    assertThat(differences).anyMatch(decibels -> decibels < -3).anyMatch(decibels -> decibels > 3);
  }

  @Test
  void partnersAreOfTheSameFoldAndHaveNoCommonLabel() {
    List<Clip> clips =
        List.of(
            tone(500, 0.5, 1, "a"),
            tone(600, 0.5, 1, "a", "b"),
            tone(700, 0.5, 1, "c"),
            tone(800, 0.5, 2, "b"),
            tone(900, 0.5, 2, "b"));
    List<Mixture> mixtures = mixtures(clips);
    // Of fold 1 a and ab go with c alone, c with either; of fold 2 there is one label.
    assertThat(mixtures).hasSize(3);
    assertThat(mixtures.get(0).clip().labels()).containsExactly("a", "c");
    assertThat(mixtures.get(1).clip().labels()).containsExactly("a", "b", "c");
    assertThat(mixtures.get(2).clip().labels()).startsWith("c").contains("a");
    assertThat(mixtures).allMatch(mixture -> mixture.clip().fold() == 1);
    assertThat(mixtures.get(0).recordings())
        .containsExactly("500.0 Hz in fold 1", "700.0 Hz in fold 1");
  }

  @Test
  void theSameSeedGivesTheSameMixtures() {
    List<Clip> clips = List.of(tone(500, 0.5, 1, "a"), tone(700, 0.5, 1, "b"));
    assertThat(recipes(mixtures(clips))).isEqualTo(recipes(mixtures(clips)));
    assertThat(recipes(new Mixtures(embedder).make(clips, 2, new Quiet())))
        .isNotEqualTo(recipes(mixtures(clips)));
  }

  private List<Mixture> mixtures(List<Clip> clips) {
    return new Mixtures(embedder).make(clips, 1, new Quiet());
  }

  private static List<String> recipes(List<Mixture> mixtures) {
    return mixtures.stream().map(mixture -> mixture.clip().digest()).toList();
  }

  /** Of the tone in it, by projection: 15,600 samples are whole periods of both. */
  private static double rms(float[] samples, double hertz) {
    double sine = 0;
    double cosine = 0;
    for (int i = 0; i < samples.length; i++) {
      double phase = 2 * Math.PI * hertz * i / LogMel.SAMPLE_RATE;
      sine += samples[i] * Math.sin(phase);
      cosine += samples[i] * Math.cos(phase);
    }
    return Math.sqrt(2) * Math.hypot(sine, cosine) / samples.length;
  }
}
