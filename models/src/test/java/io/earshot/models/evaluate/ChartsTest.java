package io.earshot.models.evaluate;

import static io.earshot.models.evaluate.Judged.clip;
import static io.earshot.models.evaluate.Judged.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

class ChartsTest {
  @TempDir Path directory;

  private static ClipEvaluation evaluation(int classes) {
    List<String> labels = IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    List<JudgedClip> clips = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      double[] right = new double[classes];
      double[] wrong = new double[classes];
      right[i] = 0.9;
      wrong[(i + 1) % classes] = 0.8;
      clips.add(clip("right" + i, List.of(labels.get(i)), 1, scores(right), scores(right)));
      clips.add(clip("wrong" + i, List.of(labels.get(i)), 1, scores(wrong), scores(wrong)));
    }
    float[] thresholds = new float[classes];
    Arrays.fill(thresholds, 0.5f);
    return new ClipEvaluation(labels, -1, thresholds, clips, 0.96);
  }

  private static float[] tone(double hertz) {
    float[] samples = new float[32_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / 16_000));
    }
    return samples;
  }

  @Test
  void everyPictureIsAPngOfAReadableSize() throws IOException {
    List<Path> files =
        new Charts().draw(evaluation(3), directory, name -> tone(1000), new ArrayList<>());
    assertThat(files).hasSize(6);
    for (Path file : files) {
      BufferedImage image = ImageIO.read(file.toFile());
      assertThat(image.getWidth()).as(file.toString()).isBetween(390, 1200);
      assertThat(image.getHeight()).as(file.toString()).isBetween(250, 1200);
      assertThat(new Color(image.getRGB(1, 1))).as("background").isEqualTo(Color.WHITE);
      assertThat(colours(image)).as(file.toString()).hasSizeGreaterThan(20);
    }
  }

  @Test
  void fiftyClassesStillFit() {
    ClipEvaluation many = evaluation(50);
    assertThat(ConfusionPicture.draw(many.confusion()).getWidth()).isLessThanOrEqualTo(1200);
    // The 12 worst, in three columns.
    assertThat(ScoresPicture.draw(many).getWidth()).isEqualTo(3 * ScoresPicture.WIDTH);
    assertThat(ScoresPicture.draw(many).getHeight()).isBetween(1000, 1200);
    assertThat(PrecisionRecallPicture.worst(many.scores())).hasSize(12);
  }

  @Test
  void longNamesThatEndAlikeAreDrawnBoth() {
    String first = "a very long name, of the first sound, which nobody reads";
    String second = "a very long name, of the second sound, which nobody reads";
    List<JudgedClip> clips =
        List.of(
            clip("a", List.of(first), 1, scores(0.9, 0)),
            clip("b", List.of(second), 1, scores(0, 0.9)),
            clip("c", List.of(second), 1, scores(0.8, 0.1)));
    ClipEvaluation evaluation =
        new ClipEvaluation(List.of(first, second), -1, new float[] {0.5f, 0.5f}, clips, 0.96);
    assertThat(ChartStyle.shortened(first, 24)).isEqualTo(ChartStyle.shortened(second, 24));
    assertThatCode(
            () -> new Charts().draw(evaluation, directory, name -> tone(500), new ArrayList<>()))
        .doesNotThrowAnyException();
  }

  @Test
  void theThresholdIsMarkedAtItsScore() {
    ClipEvaluation evaluation = evaluation(1);
    XYChart chart = ScoresPicture.chart(evaluation.scores().get(0), 0.25f);
    BufferedImage image = BitmapEncoder.getBufferedImage(chart);
    double left = chart.getScreenXFromChart(0);
    double right = chart.getScreenXFromChart(1);
    int middle = (int) chart.getScreenYFromChart(0.5);
    double column =
        IntStream.range((int) left, (int) right)
            .filter(x -> near(image, x, middle) || near(image, x, middle + 5))
            .average()
            .orElseThrow();
    assertThat((column - left) / (right - left)).isCloseTo(0.25, within(0.01));
  }

  private static boolean near(BufferedImage image, int x, int y) {
    Color colour = new Color(image.getRGB(x, y));
    return colour.getRed() > 150 && colour.getGreen() < 80 && colour.getBlue() < 90;
  }

  @Test
  void aToneIsABrightLineAtItsFrequency() {
    BufferedImage image = MelImage.of(tone(1000), 10);
    assertThat(image.getWidth()).isEqualTo(10);
    int brightest =
        IntStream.range(0, 64)
            .boxed()
            .max((a, b) -> Integer.compare(green(image, a), green(image, b)))
            .orElseThrow();
    // From below; the bands around 1 kHz are 1.7 semitones wide.
    assertThat(MelImage.hertz(63 - brightest + 0.5)).isEqualTo("1.0 kHz");
  }

  @Test
  void theAxisOfBandsGoesFrom125To7500Hertz() {
    assertThat(MelImage.hertz(-0.5)).isEqualTo("0.1 kHz");
    assertThat(MelImage.hertz(64.5)).isEqualTo("7.5 kHz");
  }

  private static int green(BufferedImage image, int y) {
    return new Color(image.getRGB(5, y)).getGreen();
  }

  @Test
  void theSurestMistakesComeFirst() {
    List<String> labels = List.of("dog", "rain");
    ClipEvaluation evaluation =
        new ClipEvaluation(
            labels,
            -1,
            new float[] {0.5f, 0.5f},
            List.of(
                clip("right", List.of("dog"), 1, scores(0.9, 0.1)),
                clip("unsure", List.of("dog"), 1, scores(0.5, 0.6)),
                clip("sure", List.of("dog"), 1, scores(0.1, 0.9)),
                clip("quiet", List.of(), 1, scores(0.2, 0.1)),
                clip("alarm", List.of(), 1, scores(0.1, 0.8))),
            0.96);
    // Margins 0.8, 0.8 - 0.5, 0.1.
    assertThat(WorstMistakes.of(evaluation, 6))
        .extracting(mistake -> mistake.clip().name())
        .containsExactly("sure", "alarm", "unsure");
    assertThat(WorstMistakes.of(evaluation, 1)).hasSize(1);
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }
}
