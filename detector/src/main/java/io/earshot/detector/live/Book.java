package io.earshot.detector.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The newest events, or candidates, in their last states: so many and so many bytes, and no more.
 * Any thread.
 */
final class Book {
  private static final long MOST_BYTES = 64L << 20;

  private final int most;
  private final NavigableMap<Place, Finding> byPlace = new TreeMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private long bytes;

  /** What is known is all that there is from here on. */
  private Place whole = Place.at(Long.MIN_VALUE);

  Book(int most) {
    this.most = most;
  }

  synchronized void put(Finding finding) {
    Place old = places.put(finding.place().id(), finding.place());
    if (old != null) {
      bytes -= byPlace.remove(old).json().length;
    }
    byPlace.put(finding.place(), finding);
    bytes += finding.json().length;
    while (byPlace.size() > most || bytes > MOST_BYTES) {
      forget(byPlace.pollFirstEntry().getValue());
    }
  }

  private void forget(Finding finding) {
    Place place = finding.place();
    places.remove(place.id());
    bytes -= finding.json().length;
    wholeFrom(new Place(place.onsetMillis() + 1, ""));
  }

  /** What began before is not known. */
  synchronized void wholeFrom(Place place) {
    whole = whole.compareTo(place) < 0 ? place : whole;
  }

  synchronized Place whole() {
    return whole;
  }

  /** Null if it is not among them. */
  synchronized Finding get(String id) {
    Place place = places.get(id);
    return place == null ? null : byPlace.get(place);
  }

  /** The latest first; one more than is asked for, if there are more. */
  synchronized List<Finding> find(Search search) {
    List<Finding> found = new ArrayList<>();
    for (Finding finding : byPlace.headMap(search.upper(), false).descendingMap().values()) {
      if (found.size() > search.limit() || finding.place().compareTo(search.lower()) < 0) {
        break;
      }
      if (search.holds(finding)) {
        found.add(finding);
      }
    }
    return found;
  }

  /** Labels of events that go on, by stream, those that began first first. */
  synchronized Map<String, List<String>> open() {
    Map<String, List<String>> open = new HashMap<>();
    for (Finding finding : byPlace.values()) {
      if (!finding.isOver()) {
        open.computeIfAbsent(finding.stream(), stream -> new ArrayList<>()).add(finding.label());
      }
    }
    return open;
  }
}
