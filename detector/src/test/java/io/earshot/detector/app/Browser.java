package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, without a window, and what tests do with it. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Of itself it asks nobody for anything, and plays sound to nobody. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--mute-audio",
          "--autoplay-policy=no-user-gesture-required");

  private final ChromeDriver driver;
  private final Duration patience;
  private final String library = library();

  private Browser(ChromeDriver driver, Duration patience) {
    this.driver = driver;
    this.patience = patience;
  }

  /**
   * Starts it; skips the tests if it is not installed, which in CI is a failure.
   *
   * @param more arguments
   */
  static Browser start(Path profile, Duration patience, String... more) {
    boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("chromium and chromium-driver must be installed in CI").isTrue();
    }
    assumeTrue(there, "Chromium is not installed (Debian packages chromium, chromium-driver)");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(ARGUMENTS);
    options.addArguments(more);
    options.addArguments("--user-data-dir=" + profile, "--window-size=1440,900");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
    return new Browser(driver, patience);
  }

  void open(String address) {
    driver.get(address);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** What the script returns; it may use all of {@code page.js}. */
  @SuppressWarnings("unchecked")
  <T> T run(String script) {
    return (T) driver.executeScript(library + script);
  }

  /** The value of an expression. */
  <T> T value(String expression) {
    return run("return " + expression);
  }

  /**
   * Waits until an expression, or what it promises, holds; what the page shows is told if it never
   * does.
   */
  void await(String expression) {
    String holds =
        "return (async () => { try { return Boolean(await (%s)); } catch { return false; } })()"
            .formatted(expression);
    Awaitility.await(expression)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(this.<Boolean>run(holds))
                    .as("%s in:%n%s", expression, value("document.body.innerText"))
                    .isTrue());
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  void click(String selector) {
    find(selector).click();
  }

  /** Presses keys where the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /**
   * Processor time that the page's thread has had: scripts, layout and drawing, but not waiting.
   */
  double busyMillis() {
    List<?> metrics =
        (List<?>) driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
    return metrics.stream()
        .map(Map.class::cast)
        .filter(metric -> metric.get("name").equals("TaskDuration"))
        .mapToDouble(metric -> 1000 * ((Number) metric.get("value")).doubleValue())
        .sum();
  }

  /**
   * What it asks for at such addresses fails, until this is called again; {@code *} is any text.
   */
  void block(String... addresses) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
  }

  /** A screen of that many CSS pixels. */
  void screen(int width, int height, double pixelRatio) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", pixelRatio, "mobile", false));
  }

  /** What the system prefers, such as {@code prefers-color-scheme: dark}. */
  void prefer(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** A picture of what is seen. */
  BufferedImage shoot() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(driver.getScreenshotAs(OutputType.BYTES)));
  }

  /** What stands in the console since it was last asked for: errors, warnings, broken policies. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static String library() {
    try (InputStream script = Browser.class.getResourceAsStream("/page.js")) {
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
