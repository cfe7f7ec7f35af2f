package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/**
 * The live page in a real browser, before a real detector that hears a real dog. The first test has
 * the dog heard; the others look at what came of it.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageIT extends PageFixture {
  private static final Path RAIN = Shared.path("golden/rain.wav");
  private static final String TOKEN = "correct-horse-battery";

  @Test
  @Order(1)
  void theEventsOfAStreamedClipAppear() throws Exception {
    assertThat(browser.<String>value("one('#stream-empty').innerText"))
        .contains("./earshot producer --stream yard dog.wav");
    Future<?> played = stage.play("yard", DOG);
    browser.await("stream('yard').querySelector('.stream-level').textContent.endsWith('dB')");
    browser.await("stream('yard').ariaSelected === 'true'");
    browser.await("text('.mark:not([hidden])').startsWith('dog_bark')");
    browser.await("drawn() > 0.02");
    browser.await("text('.score.over .score-label') === 'dog_bark'");
    browser.await("bark().stream === 'yard'");
    browser.await("text('#history .u-legend').includes('dog_bark')");
    assertThat(browser.<String>value("text('#news')")).matches("dog_bark in yard, [01]\\.\\d\\d.*");
    played.get();
  }

  @Test
  @Order(2)
  void aSoundIsPlayedByTheKeyboardAlone() {
    browser.run("bark().line.focus()");
    browser.press(Keys.SPACE);
    browser.await("one('audio').currentTime > 0.2");
    assertThat(browser.<Number>value("one('audio').duration").doubleValue()).isGreaterThan(1);
    browser.await("one('.details-picture').naturalWidth > 500");
    assertThat(browser.<String>value("text('.why')"))
        .matches("It began because the score reached 0\\.\\d\\d in a segment; .*");
    browser.press(Keys.SPACE);
    browser.await("one('audio').paused");
    browser.press(Keys.ENTER);
    browser.await("!one('.details')");
  }

  @Test
  @Order(3)
  void anEventThatIsOpenWhenTheDetectorIsRestartedIsClosedInThePage() throws Exception {
    Future<?> played = stage.play("away", RAIN);
    browser.await("rows().some(row => row.stream === 'away' && row.state === 'open')");
    List<String> before = browser.value("rows().map(row => row.id)");
    stage.stop();
    browser.await("text('#connection').startsWith('no connection')");
    played.get();
    stage.start();
    browser.await("state() === 'live'");
    browser.await("stream('away')");
    browser.await("rows().filter(row => row.stream === 'away').every(row => row.state === '')");
    assertThat(browser.<List<String>>value("rows().map(row => row.id)"))
        .doesNotHaveDuplicates()
        .containsAll(before);
    List<String> times = browser.value("rows().map(row => row.time).reverse()");
    assertThat(times).isSorted();
    // That nobody answered for a while is the browser's own message.
    assertConsole("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE|ERR_EMPTY_RESPONSE");
  }

  @Test
  @Order(4)
  void listsAreFiltered() {
    browser.find("#filter [name=stream]").sendKeys("away");
    browser.await("rows().length > 0 && rows().every(row => row.stream === 'away')");
    browser.find("#filter [name=label]").sendKeys("siren");
    browser.await("text('#rows-empty') === 'No event fits this filter.'");
    // The mark of an event leads to it, whatever is listed.
    browser.click("#tab-candidates");
    browser.run("stream('away').click(); stream('yard').click()");
    browser.await("one('.mark')");
    browser.run("one('.mark').click()");
    browser.await("one('.details audio') && rows()[0].stream === 'yard'");
    assertThat(browser.<String>value("one('#tab-events').ariaSelected")).isEqualTo("true");
    assertThat(browser.<String>value("one('#csv').href"))
        .contains("label=siren", "stream=away", "format=csv");
    browser.click("#filter [type=reset]");
    browser.await("rows().some(row => row.stream === 'yard')");
    browser.click("#tab-candidates");
    browser.await("one('.is-candidate')");
    browser.click(".is-candidate .row");
    assertThat(browser.<String>value("text('.details .why')")).startsWith("Its best score is 0.");
    browser.click("#tab-events");
    browser.await("bark()");
  }

  @Test
  @Order(5)
  void theSliderShowsWhatWouldChangeAndTheLinesThatKeepIt() throws Exception {
    browser.click("#tab-thresholds");
    browser.run("change('.what [aria-label=Label]', 'dog_bark', 'change')");
    browser.run("countQuestions()");
    browser.run("change('.what [type=range]', '0.99', 'input')");
    browser.await("earshotQuestions.asked > 0");
    browser.run("change('.what [type=range]', '1', 'input')");
    browser.await("/^\\d events? → 0 events: \\d would vanish\\.$/.test(text('.what-sum'))");
    browser.await("one('.change.minus li') && !one('.what').ariaBusy");
    assertThat(browser.<Long>value("earshotQuestions.most")).isEqualTo(1);
    Path file = folder.resolve("earshot.yaml");
    Files.writeString(file, browser.<String>value("text('.yaml')"));
    Config config = ConfigFile.read(file, Map.of());
    assertThat(config.events().labels().get("dog_bark"))
        .extracting(rule -> rule.onset(), rule -> rule.offset())
        .containsExactly(1.0, 1.0);
    assertThat(browser.<String>value("linesOf({ onset: 0.375, offset: 0.0049 })"))
        .endsWith("{onset: 0.375, offset: 0.0049}\n");
    browser.click("#tab-events");
  }

  @Test
  @Order(6)
  void fiftyStreamsStaySmooth() throws Exception {
    Future<?> played = stage.playToMany(50);
    browser.await("all('.stream:not(.silent)').length >= 50");
    String meter = "stream('mic-7').querySelector('.meter-cover').style.transform";
    String level = browser.value(meter);
    browser.value("countFrames()");
    double begin = browser.busyMillis();
    long before = browser.value("all('*').length");
    browser.await("earshotFrames.times.at(-1) - earshotFrames.times[0] > 3000");
    long frames = browser.value("earshotFrames.times.length");
    double millis = (browser.busyMillis() - begin) / frames;
    long after = browser.value("all('*').length");
    System.out.printf(
        "50 streams: %d frames in 3 s, each %.1f ms of processor time, %d elements, %d new%n",
        frames, millis, after, after - before);
    assertThat(after - before).as("elements that came").isLessThan(200);
    assertThat(after).isLessThan(6_000);
    // How many frames there are is not the page's doing alone, but what each costs is.
    assertThat(millis).as("processor time of a frame, ms").isBetween(0.01, 16.0);
    browser.await(meter + " !== '" + level + "'");
    played.cancel(true);
  }

  @Test
  @Order(7)
  void everyPartIsReachedByTheKeyboard() {
    browser.open(stage.address());
    browser.await("all('.stream').length >= 50 && bark()");
    browser.run("watchFocus()");
    browser.press(Collections.nCopies(20, Keys.TAB).toArray(CharSequence[]::new));
    assertThat(browser.<List<String>>value("earshotReached"))
        .containsSubsequence("skip", "bar", "find", "streams", "tabs", "filter", "rows");
    browser.run("document.activeElement.blur()");
    browser.press("?");
    browser.await("one('#help').open");
    browser.press(Keys.ESCAPE);
    browser.await("!one('#help').open");
    browser.press("/");
    browser.press("mic-4");
    browser.await("text('#stream-count').startsWith('11 of ')");
    assertThat(
            browser.<List<String>>value(
                "all('.stream[tabindex=\"0\"] .stream-name').map(name => name.textContent)"))
        .containsExactly("mic-4");
    browser.press(Keys.ENTER);
    browser.await("document.activeElement === stream('mic-4')");
    browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    browser.await("text('#chosen') === 'mic-41'");
    browser.press(Keys.END);
    browser.await("text('#chosen') === 'mic-49'");
    browser.press("/");
    browser.press(Keys.ESCAPE);
    browser.await("one('#stream-search').value === ''");
    browser.run("one('#tab-events').focus()");
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    browser.await("!one('#pane-thresholds').hidden");
    browser.press(Keys.ARROW_RIGHT);
    browser.await("!one('#pane-list').hidden && rows().length > 1");
    browser.run("rows()[0].line.focus()");
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.<Boolean>value("document.activeElement === rows()[1].line")).isTrue();
    assertThat(browser.<String>value("getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
  }

  /** Whoever can write to Kafka can put anything there. */
  @Test
  @Order(8)
  void hostileNamesAreJustText() throws Exception {
    List<String> hostile =
        List.of(
            "<img src=x onerror=alert(1)>",
            "\u202eevil\u0007",
            "\"><script>alert(2)</script>",
            "x".repeat(128),
            "&lt;b&gt;${7*7}",
            "a\u2028line");
    Instant onset = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String bare =
        "{\"id\": \"%s\", \"state\": \"open\", \"stream\": \"hostile\", \"label\": \"bare\"}";
    stage.publish(Topics.EVENTS, List.of(bare.formatted(UUID.randomUUID())));
    stage.publish(
        Topics.EVENTS,
        hostile.stream().map(label -> ToldFindings.closed("hostile", label, onset)).toList());
    String ofThem = "rows().filter(row => row.stream === 'hostile')";
    browser.await(ofThem + ".length === 6");
    assertThat(browser.<List<String>>value(ofThem + ".map(row => row.label)"))
        .containsExactlyInAnyOrder(
            hostile.get(0),
            "\ufffdevil\ufffd",
            hostile.get(2),
            hostile.get(3),
            hostile.get(4),
            "a\ufffdline");
    browser.run(ofThem + ".forEach(row => row.line.click())");
    browser.await("all('.sound').length === 6");
    String strange = "#rows script, #rows b, #rows img:not(.details-picture)";
    assertThat(browser.<Long>value("all('" + strange + "').length")).isZero();
    browser.screen(360, 740, 2);
    assertThat(browser.<List<String>>value("wide()")).isEmpty();
    browser.await(
        "!one('audio') && all('.sound').every(box => /no longer|gone/.test(box.textContent))");
    browser.run(ofThem + ".forEach(row => row.line.click())");
    // Of what was never heard there is no sound.
    assertConsole("status of 410|status of 503");
  }

  @Test
  @Order(9)
  void aPhoneNeedsNotScrollToTheSide() {
    browser.screen(360, 740, 2);
    browser.run("bark().line.click()");
    for (String tab : List.of("events", "candidates", "thresholds")) {
      browser.click("#tab-" + tab);
      browser.await("one('#tab-" + tab + "').ariaSelected === 'true'");
      assertThat(browser.<List<String>>value("wide()")).as(tab).isEmpty();
    }
    browser.click("#tab-events");
  }

  @Test
  @Order(10)
  void textStandsOutInLightAndDark() {
    browser.await("bark()");
    browser.run("bark().line.click()");
    for (String theme : List.of("auto", "light", "dark")) {
      assertThat(browser.<String>value("document.documentElement.dataset.theme")).isEqualTo(theme);
      for (String tab : List.of("events", "thresholds")) {
        browser.click("#tab-" + tab);
        Map<String, Object> contrasts = browser.value("contrasts()");
        assertThat((Long) contrasts.get("seen")).isGreaterThan(60);
        assertThat((List<?>) contrasts.get("poor")).as("%s, %s", theme, tab).isEmpty();
      }
      browser.click("#tab-events");
      browser.click("#theme");
    }
    String light = browser.value("getComputedStyle(document.body).backgroundColor");
    browser.prefer("prefers-color-scheme", "dark");
    assertThat(browser.<String>value("getComputedStyle(document.body).backgroundColor"))
        .isNotEqualTo(light);
  }

  @Test
  @Order(11)
  void aTokenIsAskedForOnceAndKeptOutOfTheAddress() throws Exception {
    try (Web guarded = stage.guarded(TOKEN)) {
      browser.open(guarded.address());
      browser.await("one('#token').open");
      browser.press(Keys.ESCAPE);
      browser.await("!one('#token').open");
      browser.screen(360, 740, 2);
      assertThat(browser.<List<String>>value("wide()")).isEmpty();
      browser.click("#token-open");
      browser.press("wrong-horse-battery", Keys.ENTER);
      browser.await("text('#token-error') === 'That is another one.'");
      browser.press(TOKEN, Keys.ENTER);
      browser.await("state() === 'live' && bark()");
      browser.open(guarded.address() + "/?token=" + TOKEN);
      browser.await("state() === 'live' && bark()");
      assertThat(browser.address()).isEqualTo(guarded.address() + "/");
      assertThat(browser.<String>value("document.cookie")).isEmpty();
      browser.open(stage.address());
      assertConsole("status of 401");
    }
  }

  /** A browser has six connections for a host, whatever tabs ask for them. */
  @Test
  @Order(12)
  void aPageThatIsNotSeenHoldsNoConnection() {
    browser.run("see(false)");
    browser.await("state() === 'asleep'");
    browser.run("see(true)");
    browser.await("state() === 'live'");
  }

  @Test
  @Order(13)
  void timesAndTheirOrderAreTheDetectors() {
    assertThat(browser.<String>value("midnight()")).isEqualTo("00:00:01");
    // Of one millisecond the detector lists the greater id first.
    assertThat(browser.<String>value("listed()")).isEqualTo("bcad");
  }

  @Test
  @Order(14)
  void whatIsNotOfTheChosenStreamIsNotShown() {
    browser.open(stage.address());
    browser.await("bark() && stream('yard')");
    browser.run("standIn(); stream('yard').click()");
    browser.await("window.earshotTell");
    browser.run("tellOfOthers()");
    browser.await("rows()[0].label === 'last'");
    assertThat(browser.<String>value("text('.score-label')")).isEqualTo("right");
    assertThat(browser.<List<String>>value("rows().map(row => row.id)")).doesNotContain("bare");
    // Nothing is drawn, as in a page that is not seen.
    assertThat(browser.<Long>value("all('.mark').length")).isBetween(1L, 40L);
    browser.open(stage.address());
  }
}
