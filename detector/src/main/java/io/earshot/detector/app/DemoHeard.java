package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Prints each event of the scene as it comes, and hands all of them on when it has been played.
 * What follows, if it is played again, is not printed.
 */
final class DemoHeard implements EventSink {
  private final String stream;
  private final Supplier<Instant> begun;
  private final boolean live;
  private final Consumer<List<DemoTable.Heard>> whole;
  private final List<DemoTable.Heard> heard = new ArrayList<>();
  private Instant start;
  private boolean over;

  /**
   * @param begun when the scene that is being played began; null while none has
   * @param live whether to print what has begun, too
   * @param whole takes what was heard when the stream has ended
   */
  DemoHeard(
      String stream, Supplier<Instant> begun, boolean live, Consumer<List<DemoTable.Heard>> whole) {
    this.stream = stream;
    this.begun = begun;
    this.live = live;
    this.whole = whole;
  }

  @Override
  public void event(Event event) {
    if (over) {
      return;
    }
    EventText.Origin origin = new EventText.Origin(stream, start(), false);
    if (event.state() == Event.State.CLOSED) {
      heard.add(
          new DemoTable.Heard(
              event.label(),
              origin.seconds(event.onset()),
              origin.seconds(event.offset()),
              event.confidence()));
      print(EventText.ofFile(event, EventFormat.TEXT, origin));
    } else if (live && event.state() == Event.State.OPEN) {
      print(EventText.begun(event, origin));
    }
  }

  @Override
  public void round(Predicate<String> isOver) {
    start();
    if (!over && isOver.test(stream)) {
      over = true;
      whole.accept(heard);
    }
  }

  @Override
  public boolean isClosed() {
    return System.out.checkError();
  }

  /** Of the first time that the scene is played; null while it has not begun. */
  private Instant start() {
    if (start == null) {
      start = begun.get();
    }
    return start;
  }

  private static void print(String line) {
    Terminal.clearLine();
    System.out.println(line);
  }
}
