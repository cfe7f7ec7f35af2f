package io.earshot.models.evaluate.sed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where in a line what stands.
 *
 * @param file {@link #NONE} where there is none; so is {@code label}
 */
record Columns(int file, int onset, int offset, int label) {
  static final int NONE = -1;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Set<String> FILE = Set.of("file", "filename", "audio_filename", "path");
  private static final Set<String> ONSET = Set.of("onset", "event_onset", "start", "start_time");
  private static final Set<String> OFFSET =
      Set.of("offset", "event_offset", "end", "stop", "end_time");
  private static final Set<String> LABEL = Set.of("label", "event_label", "event", "class");

  /** A first line that names onset and offset. */
  static Optional<Columns> ofHeader(List<String> cells) {
    Columns named =
        new Columns(find(FILE, cells), find(ONSET, cells), find(OFFSET, cells), find(LABEL, cells));
    return Optional.of(named).filter(it -> it.onset != NONE && it.offset != NONE);
  }

  /** The layout of a line by its length, and by where two numbers follow each other. */
  static Optional<Columns> ofEvent(List<String> cells, Separator separator) {
    for (int onset : onsets(cells.size(), separator)) {
      int label = onset + 2 < cells.size() ? onset + 2 : NONE;
      Columns columns = new Columns(onset == 0 ? NONE : 0, onset, onset + 1, label);
      if (columns.fit(cells)) {
        return Optional.of(columns);
      }
    }
    return Optional.empty();
  }

  /** With the label in many cells, the line's length says nothing. */
  private static int[] onsets(int cells, Separator separator) {
    if (separator == Separator.BLANKS || cells < 4) {
      return new int[] {0, 1, 2};
    }
    return cells == 4 ? new int[] {1, 2, 0} : new int[] {2, 1, 0};
  }

  boolean fit(List<String> cells) {
    return isNumber(onset, cells) && isNumber(offset, cells);
  }

  /**
   * @throws IllegalArgumentException it ends before it begins, or begins before 0
   */
  SoundEvent event(List<String> cells, Separator separator) {
    return new SoundEvent(
        cell(file, cells),
        Double.parseDouble(cells.get(onset)),
        Double.parseDouble(cells.get(offset)),
        separator == Separator.BLANKS && label > offset
            ? String.join(" ", cells.subList(Math.min(label, cells.size()), cells.size()))
            : cell(label, cells));
  }

  private static String cell(int index, List<String> cells) {
    return index == NONE || index >= cells.size() ? "" : cells.get(index);
  }

  private static boolean isNumber(int index, List<String> cells) {
    return NUMBER.matcher(cell(index, cells)).matches();
  }

  private static int find(Set<String> names, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (names.contains(cells.get(i).toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return NONE;
  }
}
