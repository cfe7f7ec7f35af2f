package io.earshot.detector.event;

import java.util.List;

/**
 * What the tracker decides by.
 *
 * @param rules for each class of the model, in the order of its scores
 */
public record EventRules(Event.Model model, List<Rule> rules) {

  /** The onset of a label that no score raises: it only appears among an event's top labels. */
  public static final float NEVER = Float.POSITIVE_INFINITY;

  /**
   * How one label is decided.
   *
   * @param onset the score that a segment needs, or {@link #NEVER}
   */
  public record Rule(String label, float onset) {}

  /** Number of classes. */
  int size() {
    return rules.size();
  }

  String label(int index) {
    return rules.get(index).label();
  }

  float onset(int index) {
    return rules.get(index).onset();
  }
}
