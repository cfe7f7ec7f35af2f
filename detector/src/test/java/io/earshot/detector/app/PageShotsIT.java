package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
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

  @Test
  void theReadmesPicturesAreTaken() throws Exception {
    Path folder = Path.of(System.getProperty("earshot.shots"));
    List<Future<?>> played =
        List.of(
            stage.playAll("yard", clips("dog_bark", "rooster", "dog_bark", "rooster")),
            stage.playAll("nursery", clips("baby_cry", "clock_tick", "baby_cry", "clock_tick")),
            stage.playAll("workshop", clips("chainsaw", "chainsaw", "chainsaw", "chainsaw")),
            stage.play("porch", clips("rain").get(0)));
    browser.await("stream('yard')");
    browser.run("stream('yard').click()");
    browser.await("rows().filter(row => row.stream === 'yard').length >= 3 && rows().length >= 7");
    shoot(folder.resolve("page-light.png"));
    browser.prefer("prefers-color-scheme", "dark");
    browser.run("rows().find(row => row.label === 'rooster' && row.state === '').line.click()");
    browser.await("one('.details-picture').complete");
    shoot(folder.resolve("page-dark.png"));
    browser.run("one('[aria-expanded=true]').click()");
    browser.prefer("prefers-color-scheme", "light");
    browser.screen(360, 780, 2);
    shoot(folder.resolve("page-phone.png"));
    for (Future<?> one : played) {
      one.cancel(true);
    }
  }

  /** When what has been changed is drawn. */
  private static void shoot(Path file) throws Exception {
    browser.value("countFrames()");
    browser.await("earshotFrames.times.length > 20");
    browser.shoot(file);
    assertThat(Files.size(file)).as("%s", file).isLessThan(MOST_BYTES);
  }

  /** A clip of each class, the next one where a class comes again. */
  private static List<Path> clips(String... classes) throws Exception {
    List<Path> clips = new ArrayList<>();
    for (String one : classes) {
      try (var files = Files.list(ESC.resolve(one))) {
        clips.add(files.sorted().filter(file -> !clips.contains(file)).findFirst().orElseThrow());
      }
    }
    return clips;
  }
}
