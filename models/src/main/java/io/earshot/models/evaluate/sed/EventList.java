package io.earshot.models.evaluate.sed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Events of one recording or more, in the order of their file.
 *
 * <pre>{@code
 * EventList truth = EventList.read(Path.of("reference.txt"));
 * SortedSet<String> labels = truth.labels();
 * EventList ofOne = truth.of("scene-001.wav");
 * }</pre>
 *
 * <p>The order counts: of two events that fit, the first is matched. Immutable.
 */
public record EventList(List<SoundEvent> events) {
  public EventList {
    events = List.copyOf(events);
  }

  /**
   * Reads a list in any of the text layouts of sed_eval and dcase_util, UTF-8, one event a line:
   *
   * <pre>
   * onset offset [label]
   * file onset offset [label]
   * file scene onset offset [label]
   * </pre>
   *
   * separated by tabs, semicolons, commas (with CSV's quotes) or blanks (then the label takes the
   * rest of the line); after the label, separated lists may have more, which is passed over. A
   * first line that names its columns orders them. Empty lines, lines that begin with {@code #},
   * and lines of a file name and empty columns hold no event.
   *
   * @throws EventListException the file cannot be read, or a line is no event
   */
  public static EventList read(Path file) throws EventListException {
    return EventListFile.read(file);
  }

  /**
   * Writes {@code file onset offset label}, separated by tabs, seconds with seven decimals: exact
   * for samples at 16 kHz.
   *
   * @throws IOException the file cannot be written
   */
  public void write(Path file) throws IOException {
    EventListFile.write(this, file);
  }

  /** Every label that occurs. */
  public SortedSet<String> labels() {
    return distinct(SoundEvent::label);
  }

  /** Every recording that has events; a list that names none has one, the empty name. */
  public SortedSet<String> files() {
    return distinct(SoundEvent::file);
  }

  /** The events of that recording. */
  public EventList of(String file) {
    return new EventList(events.stream().filter(event -> event.file().equals(file)).toList());
  }

  private SortedSet<String> distinct(Function<SoundEvent, String> property) {
    SortedSet<String> values = new TreeSet<>();
    events.forEach(event -> values.add(property.apply(event)));
    return values;
  }
}
