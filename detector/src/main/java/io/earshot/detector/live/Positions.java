package io.earshot.detector.live;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far each partition of {@code earshot.events} has been told; as a text, {@code 0:17,1:4}.
 * Immutable.
 */
final class Positions {
  static final Positions NONE = new Positions(new TreeMap<>());

  private static final int MOST_CHARACTERS = 10_000;
  private static final Pattern ONE = Pattern.compile("(\\d{1,6}):(\\d{1,18})");

  private final SortedMap<Integer, Long> offsets;

  private Positions(SortedMap<Integer, Long> offsets) {
    this.offsets = Collections.unmodifiableSortedMap(offsets);
  }

  /** Reads what {@link #toString} writes; null if it is anything else. */
  static Positions parse(String text) {
    if (text == null || text.length() > MOST_CHARACTERS) {
      return null;
    }
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      Matcher one = ONE.matcher(part);
      if (!one.matches()) {
        return null;
      }
      offsets.put(Integer.valueOf(one.group(1)), Long.valueOf(one.group(2)));
    }
    return new Positions(offsets);
  }

  long get(int partition, long other) {
    return offsets.getOrDefault(partition, other);
  }

  Positions with(int partition, long offset) {
    SortedMap<Integer, Long> changed = new TreeMap<>(offsets);
    changed.put(partition, offset);
    return new Positions(changed);
  }

  @Override
  public String toString() {
    return offsets.entrySet().stream()
        .map(one -> one.getKey() + ":" + one.getValue())
        .collect(Collectors.joining(","));
  }
}
