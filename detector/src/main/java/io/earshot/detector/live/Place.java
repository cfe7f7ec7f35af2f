package io.earshot.detector.live;

import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event or a candidate stands in a list of all: by onset, and of one onset by id. Neither
 * ever changes, so a list that is read on from a place has nothing twice, whatever comes meanwhile.
 */
public record Place(long onsetMillis, String id) implements Comparable<Place> {
  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,15})_([0-9a-f-]{0,36})");
  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::onsetMillis).thenComparing(Place::id);

  static final Place LAST = new Place(Long.MAX_VALUE, "");

  static Place of(String onset, String id) {
    return new Place(Instant.parse(onset).toEpochMilli(), id);
  }

  /** Before all of that time. */
  static Place at(long millis) {
    return new Place(millis, "");
  }

  /** Reads what {@link #toString} writes; null if it is anything else. */
  public static Place parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches() ? new Place(Long.parseLong(matcher.group(1)), matcher.group(2)) : null;
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** Fit for an address. */
  @Override
  public String toString() {
    return onsetMillis + "_" + id;
  }
}
