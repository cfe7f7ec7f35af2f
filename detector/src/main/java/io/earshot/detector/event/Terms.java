package io.earshot.detector.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.earshot.detector.event.EventRules.Rule;
import java.util.List;

/**
 * What an event or a candidate has begun by. Another model or other rules that find it in the state
 * end it as what it is, even if they do not know its label any more. Immutable; kept as JSON in the
 * state store.
 *
 * @param model that its id is made of; null if it was not kept
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Terms(
    Event.Model model,
    float onset,
    float offset,
    Smoothing smoothing,
    int hits,
    int of,
    long min,
    long merge,
    long max,
    long cooldown) {
  static Terms of(Event.Model model, Rule rule) {
    return new Terms(
        model,
        rule.onset(),
        rule.offset(),
        rule.smoothing(),
        rule.hits(),
        rule.of(),
        rule.min(),
        rule.merge(),
        rule.max(),
        rule.cooldown());
  }

  /** The rule that a label had; what barred it is known where it was barred. */
  Rule rule(String label) {
    return new Rule(
        label, onset, offset, smoothing, hits, of, min, merge, max, cooldown, null, List.of());
  }
}
