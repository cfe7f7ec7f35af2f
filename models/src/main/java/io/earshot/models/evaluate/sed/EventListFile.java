package io.earshot.models.evaluate.sed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A list of events as a text file. */
final class EventListFile {
  private static final String EXPECTED =
      "expected onset, offset and label in seconds, or file, onset, offset and label";

  private final Path file;
  private final List<SoundEvent> events = new ArrayList<>();
  private Separator separator;
  private Columns header;

  private EventListFile(Path file) {
    this.file = file;
  }

  static EventList read(Path file) throws EventListException {
    EventListFile reader = new EventListFile(file);
    List<String> lines = reader.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = i == 0 ? lines.get(0).replaceFirst("^\uFEFF", "") : lines.get(i);
      if (!line.isBlank() && !line.startsWith("#")) {
        reader.add(i + 1, line);
      }
    }
    return new EventList(reader.events);
  }

  static void write(EventList list, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (SoundEvent event : list.events()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s\t%.7f\t%.7f\t%s\n",
              event.file(),
              event.onset(),
              event.offset(),
              event.label()));
    }
    Files.writeString(file, text);
  }

  private List<String> lines() throws EventListException {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (NoSuchFileException e) {
      throw new EventListException(file + ": no such file", e);
    } catch (CharacterCodingException e) {
      throw new EventListException(file + ": not a text file in UTF-8", e);
    } catch (IOException e) {
      throw new EventListException(file + ": cannot be read", e);
    }
  }

  private void add(int number, String line) throws EventListException {
    if (separator == null) {
      begin(number, line);
      if (header != null) {
        return;
      }
    }
    List<String> cells = separator.cells(line);
    if (cells.size() > 1 && cells.stream().skip(1).allMatch(String::isEmpty)) {
      return; // A recording without events.
    }
    Optional<Columns> columns = columns(cells);
    if (columns.isEmpty()) {
      throw bad(number, "\"" + shortened(line) + "\" is no event; " + EXPECTED);
    }
    try {
      events.add(columns.get().event(cells, separator));
    } catch (IllegalArgumentException e) {
      throw new EventListException(where(number) + e.getMessage(), e);
    }
  }

  /** The first line tells how all are separated, and may name the columns. */
  private void begin(int number, String line) throws EventListException {
    for (Separator each : Separator.values()) {
      List<String> cells = each.cells(line);
      Optional<Columns> named = Columns.ofHeader(cells);
      if (named.isPresent() || Columns.ofEvent(cells, each).isPresent()) {
        separator = each;
        header = named.orElse(null);
        return;
      }
    }
    throw bad(
        number, "\"" + shortened(line) + "\" is neither an event nor names columns; " + EXPECTED);
  }

  private Optional<Columns> columns(List<String> cells) {
    return header == null
        ? Columns.ofEvent(cells, separator)
        : Optional.of(header).filter(columns -> columns.fit(cells));
  }

  private EventListException bad(int number, String problem) {
    return new EventListException(where(number) + problem);
  }

  private String where(int number) {
    return file + ": line " + number + ": ";
  }

  private static String shortened(String line) {
    return line.length() > 80 ? line.substring(0, 77) + "..." : line;
  }
}
