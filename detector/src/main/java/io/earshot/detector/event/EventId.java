package io.earshot.detector.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** What names an event for ever: a replay of the same sound gives it again. */
public final class EventId {
  private EventId() {}

  /**
   * The id of an event.
   *
   * @param run of the stream, as its segments name it
   * @param firstIndex of the event's first segment in that run
   */
  public static String of(
      String stream, String run, String label, long firstIndex, Event.Model model) {
    String identity =
        String.join("\0", stream, run, label, Long.toString(firstIndex), model.header());
    return UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString();
  }
}
