package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Prints the closed events of recordings in the order of the recordings: those of the first that is
 * not over at once, those of later ones when their turn comes.
 */
final class FilePrinter implements EventSink {
  private final PrintStream out;
  private final EventFormat format;
  private final Function<String, EventText.Origin> origins;
  private final Deque<String> turns;
  private final Map<String, List<Event>> waiting = new HashMap<>();

  /**
   * @param streams in the order of the recordings
   * @param origins of each stream that has begun
   */
  FilePrinter(
      PrintStream out,
      EventFormat format,
      List<String> streams,
      Function<String, EventText.Origin> origins) {
    this.out = out;
    this.format = format;
    this.origins = origins;
    this.turns = new ArrayDeque<>(streams);
  }

  @Override
  public void event(Event event) {
    if (event.state() != Event.State.CLOSED) {
      return;
    }
    if (event.stream().equals(turns.peek())) {
      print(event);
    } else {
      waiting.computeIfAbsent(event.stream(), stream -> new ArrayList<>()).add(event);
    }
  }

  @Override
  public void round(Predicate<String> over) {
    while (!turns.isEmpty() && over.test(turns.peek())) {
      turns.remove();
      List<Event> held = waiting.remove(turns.isEmpty() ? "" : turns.peek());
      if (held != null) {
        held.forEach(this::print);
      }
    }
  }

  @Override
  public boolean isClosed() {
    return out.checkError();
  }

  private void print(Event event) {
    Terminal.clearLine();
    out.println(EventText.ofFile(event, format, origins.apply(event.stream())));
  }
}
