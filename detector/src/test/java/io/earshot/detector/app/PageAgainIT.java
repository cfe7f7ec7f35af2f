package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/**
 * What the live page asks for again, or goes on asking for: after a refusal, after a break, and
 * when something else is chosen. A dog is heard meanwhile.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageAgainIT extends PageFixture {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @BeforeAll
  static void play() {
    browser.open(stage.address());
    browser.run("hurry()");
    stage.play("yard", DOG);
    stage.play("porch", DOG);
  }

  /** A model tells Bark, Animal and Dog at once. */
  @Test
  @Order(1)
  void whatLeavesAFullListIsLoadedAgainThoughItsMillisecondStays() throws Exception {
    browser.run("change('#filter [name=stream]', 'hall', 'input')");
    browser.await("text('#rows-empty') === 'No event fits this filter.'");
    Instant begin = NOW.minusSeconds(600);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      events.add(ToldFindings.closed("hall", "sibling", begin));
    }
    for (int i = 1; i <= 295; i++) {
      events.add(ToldFindings.closed("hall", "later", begin.plusSeconds(i)));
    }
    stage.publish(Topics.EVENTS, events);
    browser.await(rows("later") + " === 295 && rows().length === 300");
    // A click of the mouse would scroll, and what is above lies under the page's head from then on.
    browser.run("holdNext(/^api\\/events\\?.*(to|cursor)=/); one('#older').click()");
    browser.await("earshotLetGo");
    stage.publish(Topics.EVENTS, List.of(ToldFindings.closed("hall", "new", NOW)));
    browser.await(rows("new") + " === 1");
    browser.run("earshotLetGo(false)");
    browser.await(rows("sibling") + " === 10");
  }

  @Test
  @Order(2)
  void aListWhoseFirstPageWasRefusedBeginsAnewWhateverCameMeanwhile() throws Exception {
    browser.run("holdNext(/^api\\/events\\?.*limit=50/)");
    browser.click("#filter [type=reset]");
    browser.await("earshotLetGo");
    stage.publish(Topics.EVENTS, List.of(ToldFindings.closed("hall", "meanwhile", NOW)));
    browser.await(rows("meanwhile") + " === 1");
    browser.run("earshotLetGo(true)");
    browser.await("rows().length > 40 && !one('#older').hidden");
  }

  @Test
  @Order(3)
  void aCatchUpThatWasRefusedHalfwayLeavesNoGap() throws Exception {
    browser.click("#tab-candidates");
    stage.publish(Topics.CANDIDATES, candidates("before", NOW.minusSeconds(600)));
    browser.await(rows("before") + " > 0");
    browser.run("see(false)");
    browser.await("state() === 'asleep'");
    stage.publish(Topics.CANDIDATES, candidates("missed", NOW.plusSeconds(300)));
    browser.await("known('candidates', 'missed').then(n => n === 120)");
    browser.run("holdNext(/^api\\/candidates\\?.*cursor=/)");
    browser.run("see(true)");
    browser.await("earshotLetGo");
    browser.run("earshotLetGo(true)");
    browser.await(rows("missed") + " === 120");
    browser.click("#tab-events");
  }

  @Test
  @Order(4)
  void aWhatIfShowsTheNewestFirst() {
    browser.click("#tab-thresholds");
    browser.run("answerWhatIf(); change('.what [type=range]', '0.99', 'input')");
    browser.await("all('.change li').length === 41");
    assertThat(browser.<List<String>>value("all('.change time').map(time => time.dateTime)"))
        .hasSize(40)
        .startsWith("1970-01-01T00:44:00.000Z", "1970-01-01T00:43:00.000Z");
    assertThat(browser.<String>value("text('.change .note')")).isEqualTo("and 5 more");
    browser.click("#tab-events");
  }

  @Test
  @Order(5)
  void aWhatIfOfTheChosenStreamFollowsTheChoice() {
    browser.await("stream('yard') && stream('porch')");
    browser.run("stream('yard').click(); answerWhatIf()");
    browser.click("#tab-thresholds");
    browser.run("change('.what [aria-label=Streams]', 'chosen', 'change')");
    browser.run("change('.what [type=range]', '0.98', 'input')");
    browser.await(changes("yard") + " === 40");
    assertThat(browser.<Long>value("stream('porch').click(), all('.change li').length")).isZero();
    browser.await(changes("porch") + " === 40");
    browser.run("change('.what [aria-label=Streams]', '', 'change')");
    browser.click("#tab-events");
  }

  /** Of what was refused an element says only that it cannot be played. */
  @Test
  @Order(6)
  void pictureAndSoundThatWereRefusedAreAskedForAgain() {
    browser.await("window.earshotBark = bark()");
    browser.block("*/spectrogram.png*");
    browser.run("holdNext(/clip\\.json$/); earshotBark.line.click()");
    browser.await("earshotLetGo");
    browser.block("*/audio.wav*");
    browser.run("earshotLetGo(false)");
    browser.await("one('.details-picture').naturalWidth > 500");
    browser.run("holdNext(/clip\\.json$/); earshotBark.line.focus()");
    browser.press(Keys.SPACE);
    browser.await("earshotLetGo && one('audio').error");
    browser.block();
    browser.run("earshotLetGo(true)");
    browser.await("one('audio').currentTime > 0.2");
    browser.run("earshotBark.line.click(); window.earshotHeard = earshotBark.id");
    assertConsole("ERR_BLOCKED_BY_CLIENT");
  }

  @Test
  @Order(7)
  void whoAsksForSoundAgainNeedNotWait() {
    // What has been played once the browser has.
    browser.await("window.earshotBark = barks().find(row => row.id !== window.earshotHeard)");
    browser.block("*/audio.wav*");
    browser.run("holdNext(/clip\\.json$/); earshotBark.line.focus()");
    browser.press(Keys.SPACE);
    browser.await("earshotLetGo && one('audio').error");
    browser.block();
    browser.press(Keys.SPACE);
    browser.await("one('audio').currentTime > 0.2");
    browser.run("earshotLetGo(false); earshotBark.line.click()");
    assertConsole("ERR_BLOCKED_BY_CLIENT");
  }

  /** Nobody could stop it. */
  @Test
  @Order(8)
  void soundThatIsPutAwayMeanwhileDoesNotBegin() {
    browser.await("window.earshotBark = bark()");
    browser.block("*/audio.wav*");
    browser.await("soundOf(earshotBark.id).then(box => window.earshotBox = box)");
    browser.run(
        "holdNext(/clip\\.json$/); earshotBox.querySelector('audio').play().catch(() => {})");
    browser.await("earshotLetGo && earshotBox.querySelector('audio').error");
    browser.block();
    browser.run("earshotBox.remove(); earshotLetGo(false)");
    String clip = "fetch(`api/events/${earshotBark.id}/clip.json`).then(answer => answer.ok)";
    browser.await(clip);
    browser.await(clip);
    assertThat(browser.<Boolean>value("earshotBox.querySelector('audio').error !== null")).isTrue();
    assertConsole("ERR_BLOCKED_BY_CLIENT");
  }

  @Test
  @Order(9)
  void whatIsMarkedMayHaveEndedWithWhatWasLost() throws Exception {
    browser.await("stream('yard')");
    browser.run("stream('yard').click()");
    stage.publish(Topics.EVENTS, List.of(ToldFindings.open("yard", "goes on", NOW)));
    browser.await("known('events', 'goes on').then(n => n === 1)");
    browser.run("see(false)");
    browser.await("state() === 'asleep'");
    browser.run("standIn(); see(true)");
    browser.await("window.earshotTell");
    browser.run("tellOfABell()");
    browser.await("marked().includes('bell')");
    browser.run("tell('lost', {})");
    browser.await("marked().includes('goes on') && !marked().includes('bell')");
    browser.open(stage.address());
  }

  private static List<String> candidates(String label, Instant begin) {
    return IntStream.range(0, 120)
        .mapToObj(i -> ToldFindings.candidate("hall", label, begin.plusMillis(i)))
        .toList();
  }

  private static String rows(String label) {
    return "rows().filter(row => row.label === '" + label + "').length";
  }

  private static String changes(String stream) {
    return "all('.change bdi').filter(name => name.textContent === '" + stream + "').length";
  }
}
