package io.earshot.detector.app;

import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import java.io.PrintStream;

/**
 * Prints the events of live streams as they come: for people when they open and when they close,
 * for programs the closed ones.
 */
final class StreamPrinter implements EventSink {
  private final PrintStream out;
  private final EventFormat format;

  StreamPrinter(PrintStream out, EventFormat format) {
    this.out = out;
    this.format = format;
  }

  @Override
  public void event(Event event) {
    boolean wanted =
        event.state() == Event.State.CLOSED
            || (format == EventFormat.TEXT && event.state() == Event.State.OPEN);
    if (wanted) {
      out.println(EventText.ofStream(event, format));
    }
  }

  /** What became no event, when it is over. */
  void candidate(Candidate candidate) {
    out.println(EventText.ofCandidate(candidate, format));
  }

  @Override
  public boolean isClosed() {
    return out.checkError();
  }
}
