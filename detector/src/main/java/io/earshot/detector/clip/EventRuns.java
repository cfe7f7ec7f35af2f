package io.earshot.detector.clip;

import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventId;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells in which of a stream's runs an event was heard: its id is made of the run's name and a
 * segment's number in it. Pure. Not thread-safe.
 */
final class EventRuns {
  /** The most segments that a run may have had before its event for it to be known. */
  private static final int INDICES = 4 * 3600;

  /** The shortest way from one segment to the next: 240 ms. */
  private static final long HOP_SAMPLES = 240L * Span.SAMPLES_PER_MILLI;

  /**
   * A run.
   *
   * @param offset of its first record that was seen
   * @param begun whether that was its beginning, and so its name is known
   */
  private record Run(String name, long offset, boolean begun) {
    /** A detector that had forgotten the stream does not see that its clock was set back. */
    List<String> names() {
      String suffix = "." + offset;
      boolean has = name.endsWith(suffix);
      return List.of(
          name, has ? name.substring(0, name.length() - suffix.length()) : name + suffix);
    }
  }

  private final Event event;
  private final List<Run> runs = new ArrayList<>();
  private final Map<Integer, Boolean> own = new HashMap<>();

  EventRuns(Event event) {
    this.event = event;
  }

  /** A frame of a run; runs are numbered from 0 in the order in which they come. */
  void add(int run, String name, KeptFrame kept) {
    if (run == runs.size()) {
      Frame frame = kept.frame();
      boolean first = frame.seq() == 0 && !frame.session().isEmpty();
      runs.add(new Run(name, kept.offset(), run > 0 || first));
    }
  }

  boolean isOwn(int run) {
    return own.computeIfAbsent(run, r -> runs.get(r).names().stream().anyMatch(this::hasEvent));
  }

  /**
   * Whether the event was surely not heard in it. Of a run that began before what was read nobody
   * can tell.
   *
   * @param position of the event in it, in samples
   */
  boolean isStrange(int run, long position) {
    return runs.get(run).begun() && position < INDICES * HOP_SAMPLES && !isOwn(run);
  }

  private boolean hasEvent(String run) {
    for (long index = 0; index < INDICES; index++) {
      String id = EventId.of(event.stream(), run, event.label(), index, event.model());
      if (id.equals(event.id())) {
        return true;
      }
    }
    return false;
  }
}
