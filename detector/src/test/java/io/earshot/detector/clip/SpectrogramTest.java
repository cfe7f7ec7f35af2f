package io.earshot.detector.clip;

import static io.earshot.detector.clip.Sound.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.detector.event.Event;
import io.earshot.models.feature.LogMel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SpectrogramTest {
  private static final int LEFT = 64;
  private static final int TOP = 52;
  private static final int BAND = 5;
  private static final int MARK = 0xb01e2e;

  @Test
  void aToneIsBrightInItsBandAndNowhereElse() throws Exception {
    BufferedImage image = draw(tone(3, 1_000, List.of()), Sound.event("s", 1_000, 2_000));
    int brightest = 0;
    for (int band = 0; band < LogMel.BANDS; band++) {
      int y = TOP + BAND * (LogMel.BANDS - 1 - band) + 2;
      if (light(image, LEFT + 100, y) > light(image, LEFT + 100, y(brightest))) {
        brightest = band;
      }
    }
    assertThat(brightest + 0.5).isCloseTo(LogMel.bandAt(1_000), within(1.0));
    assertThat(light(image, LEFT + 100, y(brightest))).isGreaterThan(240);
    assertThat(light(image, LEFT + 100, y(60))).isLessThan(128);
  }

  @Test
  void theBracketSpansTheEvent() throws Exception {
    Clip clip = tone(4, 1_000, List.of());
    BufferedImage image = draw(clip, Sound.event("s", 1_000, 3_000));
    int from = first(image, TOP - 10);
    int to = from;
    while (image.getRGB(to + 1, TOP - 10) == (0xff000000 | MARK)) {
      to++;
    }
    double plot = image.getWidth() - LEFT - 24;
    assertThat((from - LEFT) / plot).isCloseTo(0.25, within(0.02));
    assertThat((to - LEFT) / plot).isCloseTo(0.75, within(0.02));
  }

  @Test
  void whatWasNotHeardIsHatched() throws Exception {
    BufferedImage image =
        draw(tone(4, 1_000, List.of(new Gap(16_000, 32_000))), Sound.event("s", 500, 3_000));
    int plot = image.getWidth() - LEFT - 24;
    Set<Integer> colours = new HashSet<>();
    for (int y = TOP; y < TOP + 320; y++) {
      colours.add(image.getRGB(LEFT + plot * 3 / 8, y) & 0xffffff);
    }
    assertThat(colours).hasSize(2).allMatch(rgb -> (rgb >> 16) - (rgb & 0xff) < 10);
  }

  @Test
  void anHourIsNoWiderThanAMinute() throws Exception {
    Event event = Sound.event("s", 1_000, 3_000);
    assertThat(draw(tone(3_600, 500, List.of()), event).getWidth())
        .isLessThanOrEqualTo(LEFT + 1_200 + 24);
    assertThat(draw(tone(60, 500, List.of()), event).getWidth()).isEqualTo(LEFT + 1_200 + 24);
  }

  @Test
  void anyLengthCanBeDrawn() throws Exception {
    for (int samples : new int[] {1, 16, 399, 400, 401, 1_600}) {
      Clip clip = new Clip(T, new short[samples], List.of(), new Span(T, T + 1_000, false));
      assertThat(draw(clip, Sound.event("s", 0, 50)).getHeight()).isEqualTo(420);
    }
  }

  private static int first(BufferedImage image, int y) {
    int x = 0;
    while (image.getRGB(x, y) != (0xff000000 | MARK)) {
      x++;
    }
    return x;
  }

  private static int y(int band) {
    return TOP + BAND * (LogMel.BANDS - 1 - band) + 2;
  }

  private static int light(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    return (3 * (rgb >> 16 & 0xff) + 6 * (rgb >> 8 & 0xff) + (rgb & 0xff)) / 10;
  }

  private static BufferedImage draw(Clip clip, Event event) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(Spectrogram.png(clip, event)));
  }

  private static Clip tone(int seconds, double hertz, List<Gap> gaps) {
    short[] samples = new short[seconds * 16_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / 16_000));
    }
    return new Clip(T, samples, gaps, new Span(T, T + seconds * 1_000L, false));
  }
}
