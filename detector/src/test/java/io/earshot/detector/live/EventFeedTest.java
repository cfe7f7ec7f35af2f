package io.earshot.detector.live;

import static io.earshot.detector.live.TestFindings.closed;
import static io.earshot.detector.live.TestFindings.id;
import static io.earshot.detector.live.TestFindings.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a viewer is told when it comes, comes back, and comes too early. */
class EventFeedTest {
  private final Book book = new Book(100);
  private final EventFeed feed = feed(10);

  @Test
  void itIsToldWhatComesFromThenOn() {
    feed.begin(0, 0, 0);
    feed.take(record(0, 0, closed(1, 0)));
    feed.caughtUp();
    Told viewer = new Told();
    feed.join(viewer, null);
    feed.take(record(0, 1, closed(2, 1)));
    feed.leave(viewer);
    feed.take(record(0, 2, closed(3, 2)));
    assertThat(viewer.events()).containsExactly(id(2));
    assertThat(viewer.ids()).containsExactly("0:1", "0:2");
  }

  @Test
  void whoWasAwayIsToldWhatCameMeanwhileInOrderAndOnce() {
    feed.begin(0, 0, 0);
    feed.begin(1, 0, 0);
    feed.caughtUp();
    Told before = new Told();
    feed.join(before, null);
    feed.take(record(0, 0, closed(1, 0)));
    String last = before.ids().get(1);
    feed.leave(before);
    feed.take(record(1, 0, closed(2, 1)));
    feed.take(record(0, 3, closed(3, 2)));
    Told again = new Told();
    feed.join(again, Positions.parse(last));
    feed.take(record(1, 1, closed(4, 3)));
    assertThat(again.events()).containsExactly(id(2), id(3), id(4));
    assertThat(again.names()).doesNotContain("lost");
    // From each of them on it could go on again.
    assertThat(again.ids()).containsExactly("0:1,1:1", "0:4,1:1", "0:4,1:1", "0:4,1:2");
  }

  /** The server has started again, and reads first what was there before. */
  @Test
  void whoComesBackBeforeTheServerKnowsWhatThereIsIsToldThen() {
    feed.begin(0, 5, 0);
    Told again = new Told();
    Told other = new Told();
    feed.join(again, Positions.parse("0:6"));
    feed.join(other, null);
    feed.take(record(0, 5, closed(1, 0)));
    feed.take(record(0, 6, closed(2, 1)));
    assertThat(again.messages).isEmpty();
    feed.caughtUp();
    feed.take(record(0, 7, closed(3, 2)));
    assertThat(again.events()).containsExactly(id(2), id(3));
    assertThat(other.events()).containsExactly(id(3));
  }

  @Test
  void whoWasAwayForTooLongIsToldSo() {
    EventFeed forgetful = feed(2);
    forgetful.begin(0, 0, 0);
    forgetful.caughtUp();
    for (int i = 0; i < 4; i++) {
      forgetful.take(record(0, i, closed(i, i)));
    }
    assertThat(since(forgetful, "0:2").names()).doesNotContain("lost");
    assertThat(since(forgetful, "0:1").names()).startsWith("lost");
    assertThat(since(forgetful, "0:1").events()).containsExactly(id(2), id(3));
    // Of a topic that is not there any more.
    assertThat(since(forgetful, "0:99").names()).startsWith("lost");
    assertThat(since(forgetful, "7:1").names()).startsWith("lost");
  }

  @Test
  void whatIsNoEventIsPassedOver() {
    feed.begin(0, 0, 0);
    feed.caughtUp();
    Told viewer = new Told();
    feed.join(viewer, null);
    feed.take(record(0, 0, "nonsense".getBytes(UTF_8)));
    feed.take(record(0, 1, null));
    feed.take(record(0, 2, closed(1, 0)));
    assertThat(viewer.events()).containsExactly(id(1));
    assertThat(viewer.ids()).containsExactly("0:0", "0:3");
  }

  /** After a fault the tail goes on where it was. */
  @Test
  void readingThatGoesOnLosesNothing() {
    feed.begin(0, 0, 0);
    feed.caughtUp();
    feed.take(record(0, 0, closed(1, 0)));
    feed.begin(0, 1, 0);
    feed.take(record(0, 1, closed(2, 1)));
    assertThat(since(feed, "0:0").events()).containsExactly(id(1), id(2));
    assertThat(book.whole()).isEqualTo(Place.at(Long.MIN_VALUE));
  }

  @Test
  void nonsenseIsNoPosition() {
    for (String text : new String[] {null, "", "x", "0:", ":1", "0:1,", "0:-1", "0:1;1:2"}) {
      assertThat(Positions.parse(text)).isNull();
    }
    assertThat(Positions.parse("0:1,".repeat(5_000) + "0:1")).isNull();
    assertThat(Positions.parse("10:7,2:9")).hasToString("2:9,10:7");
  }

  private EventFeed feed(int kept) {
    return new EventFeed(new BookKeeper(book, Finding::event), kept);
  }

  private static Told since(EventFeed feed, String positions) {
    Told told = new Told();
    feed.join(told, Positions.parse(positions));
    feed.leave(told);
    return told;
  }

  /** Keeps what it is told. */
  private static final class Told implements Viewer {
    private final List<String> messages = new ArrayList<>();

    @Override
    public void tell(Message message) {
      messages.add(new String(message.bytes(), UTF_8));
    }

    @Override
    public void end() {
      throw new AssertionError("nobody ends it");
    }

    List<String> names() {
      return fields("event: ");
    }

    List<String> ids() {
      return fields("id: ");
    }

    List<String> events() {
      return fields("data: ").stream()
          .filter(data -> data.contains("\"id\":\""))
          .map(data -> data.replaceFirst(".*\"id\":\"([^\"]*)\".*", "$1"))
          .toList();
    }

    private List<String> fields(String name) {
      return messages.stream()
          .flatMap(String::lines)
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()))
          .toList();
    }
  }
}
