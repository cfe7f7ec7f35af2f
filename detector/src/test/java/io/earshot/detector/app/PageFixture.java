package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * One browser and one detector for all tests of a class. Whatever they do, the browser has nothing
 * to complain of, no broken Content-Security-Policy either, and has asked no other host.
 */
abstract class PageFixture {
  static final Path DOG = Shared.path("golden/dog.wav");
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("earshot.patience", 60));

  @TempDir static Path folder;
  static PageStage stage;
  static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    browser = Browser.start(folder.resolve("profile"), PATIENCE);
    stage = new PageStage(folder);
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (stage != null) {
      stage.close();
    }
  }

  @BeforeEach
  void openPage() {
    browser.prefer("prefers-color-scheme", "light");
    browser.screen(1440, 900, 1);
    if (!browser.address().startsWith(stage.address())) {
      browser.open(stage.address());
    }
    browser.await("state() === 'live'");
  }

  @AfterEach
  void nothingHasGoneWrong() {
    assertThat(browser.console()).isEmpty();
    assertThat(browser.<List<String>>value("foreign()")).isEmpty();
  }

  /** What a test has brought about itself may stand in the console, but nothing else. */
  static void assertConsole(String expected) {
    assertThat(browser.console()).allMatch(line -> line.matches(".*(" + expected + ").*"));
  }
}
