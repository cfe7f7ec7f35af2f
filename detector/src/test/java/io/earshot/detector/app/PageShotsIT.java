package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the README's pictures of the live page, of a detector that hears real sound: {@code mvn -B
 * -pl detector -am verify -Dit.test=PageShotsIT -Dearshot.shots=$PWD/docs}, with {@code -Dtest=NONE
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "earshot.shots", matches = ".+")
@Timeout(300)
class PageShotsIT extends PageFixture {
  private static final Path ESC = Shared.path("audio/esc10");
  private static final int MOST_BYTES = 300_000;
  private static final int SHADES = 31;

  @Test
  void theReadmesPicturesAreTaken() throws Exception {
    Path folder = Path.of(System.getProperty("earshot.shots"));
    List<Future<?>> played =
        List.of(
            stage.playAll("nursery", clips("baby_cry", 9)),
            stage.playAll("yard", clips("rooster", 9)),
            stage.playAll("workshop", clips("chainsaw", 9)),
            stage.playAll("porch", clips("rain", 1)));
    browser.screen(1280, 800, 1);
    browser.await("stream('nursery')");
    browser.run("stream('nursery').click()");
    String marks = "all('.mark:not([hidden])').length";
    browser.await(marks + " >= 3 && rows().length >= 9 && drawn() > 0.85");
    shoot(folder.resolve("page-light.png"));
    browser.screen(360, 780, 2);
    browser.await(marks + " >= 1");
    shoot(folder.resolve("page-phone.png"));
    browser.screen(1280, 800, 1);
    browser.prefer("prefers-color-scheme", "dark");
    browser.run("rows().find(row => row.stream === 'nursery' && row.state === '').line.click()");
    browser.await("one('.details-picture').complete && one('.details-picture').naturalWidth > 0");
    shoot(folder.resolve("page-dark.png"));
    for (Future<?> one : played) {
      one.cancel(true);
    }
  }

  /** When what has been changed is drawn. */
  private static void shoot(Path file) throws Exception {
    browser.value("countFrames()");
    browser.await("earshotFrames.times.length > 20");
    BufferedImage image = browser.shoot();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, fewerColours(image.getRGB(x, y)));
      }
    }
    ImageIO.write(image, "png", file.toFile());
    assertThat(Files.size(file)).as("%s", file).isLessThan(MOST_BYTES);
  }

  /** Nobody sees it, and the file is half as long. */
  private static int fewerColours(int rgb) {
    int fewer = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int value = rgb >> shift & 0xff;
      fewer = fewer << 8 | Math.round(value * SHADES / 255f) * 255 / SHADES;
    }
    return fewer;
  }

  private static List<Path> clips(String label, int count) throws Exception {
    try (Stream<Path> files = Files.list(ESC.resolve(label))) {
      return files.filter(file -> file.toString().endsWith(".ogg")).sorted().limit(count).toList();
    }
  }
}
