package io.earshot.detector.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventRules;
import java.util.List;

/** What scores become events by, label by label, but for labels that have none. */
@JsonNaming(SnakeCaseStrategy.class)
record RulesJson(Event.Model model, int hopMs, List<Rule> rules) {
  /**
   * One label's.
   *
   * @param nOfM as {@code 2 of 3}
   * @param maxDurationMs null if an event may go on for ever
   * @param smoothing {@code none}, {@code median of 3} or {@code exponential over 3}
   * @param allowed whether it may have events at all
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Rule(
      String label,
      double onset,
      double offset,
      @JsonProperty("n_of_m") String nOfM,
      long minDurationMs,
      long mergeGapMs,
      Long maxDurationMs,
      long cooldownMs,
      String smoothing,
      boolean allowed) {
    private static Rule of(EventRules.Rule rule) {
      return new Rule(
          rule.label(),
          rounded(rule.onset()),
          rounded(rule.offset()),
          rule.hits() + " of " + rule.of(),
          rule.min(),
          rule.merge(),
          rule.max() == 0 ? null : rule.max(),
          rule.cooldown(),
          rule.smoothing().toString(),
          rule.barred() == null);
    }
  }

  static RulesJson of(EventRules rules) {
    return new RulesJson(
        rules.model(),
        rules.hopMillis(),
        rules.all().stream()
            .filter(rule -> rule.onset() < EventRules.NEVER)
            .map(Rule::of)
            .toList());
  }

  /** As events have it. */
  private static double rounded(float share) {
    return Math.round(share * 1e4) / 1e4;
  }
}
