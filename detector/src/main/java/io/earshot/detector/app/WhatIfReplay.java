package io.earshot.detector.app;

import io.earshot.detector.app.EventDiff.Change;
import io.earshot.detector.app.EventDiff.Difference;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.EventRules.Rule;
import io.earshot.detector.web.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;

/**
 * Decides the scores that are kept anew, by a label's thresholds as they are and as they might be,
 * and compares. The same scores by the same code: what differs is the thresholds' doing.
 */
final class WhatIfReplay implements WhatIf {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Clocks may be ahead of this one, and files are sent faster than they play. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final int MOST = 500;

  private final Map<String, Object> kafka;
  private final EventRules rules;

  WhatIfReplay(Map<String, Object> kafka, EventRules rules) {
    this.kafka = ClipConsumers.settings(kafka);
    this.rules = rules;
  }

  @Override
  public Answer ask(Question question) throws NoAnswer {
    Rule rule = rule(question.label());
    Rule other = changed(rule, question);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    ReplayRange range = new ReplayRange(now.minus(question.past()), now.plus(AHEAD));
    ReplayRange around = range.around(past(rule));
    Predicate<String> wanted =
        stream -> question.stream() == null || question.stream().equals(stream);
    ScoreReplay before = new ScoreReplay(only(rule), around, wanted);
    ScoreReplay after = new ScoreReplay(only(other), around, wanted);
    ReplayPair both = new ReplayPair(before, after, ReplayPair.MOST_EVENTS);
    read(around, both);
    requireOneHop(before);
    return answer(range, other, both.before(), both.after());
  }

  private Rule rule(String label) throws NoAnswer {
    return rules.all().stream()
        .filter(rule -> rule.label().equals(label) && rule.onset() < EventRules.NEVER)
        .findFirst()
        .orElseThrow(
            () ->
                NoAnswer.wrongly(
                    "label must be one of those that /api/rules has for %s"
                        .formatted(rules.model().name())));
  }

  private static Rule changed(Rule rule, Question question) {
    float onset = (float) question.onset();
    boolean alike = rule.offset() == rule.onset();
    float offset =
        question.offset() != null
            ? question.offset().floatValue()
            : alike ? onset : Math.min(rule.offset(), onset);
    return new Rule(
        rule.label(),
        onset,
        offset,
        rule.smoothing(),
        rule.hits(),
        rule.of(),
        rule.min(),
        rule.merge(),
        rule.max(),
        rule.cooldown(),
        rule.barred(),
        rule.quiet());
  }

  /** The other labels are not decided, which takes most of the time. */
  private EventRules only(Rule rule) {
    List<Rule> all =
        rules.rules().stream()
            .map(
                one ->
                    one.label().equals(rule.label())
                        ? rule
                        : new Rule(one.label(), EventRules.NEVER))
            .toList();
    EventRules.Loud loud = rules.loud();
    boolean isLoud = loud != null && loud.rule().label().equals(rule.label());
    return new EventRules(
        rules.model(),
        all,
        rules.hopMillis(),
        isLoud ? new EventRules.Loud(rule, loud.levels()) : null);
  }

  /** What the decisions look back to. */
  private Duration past(Rule rule) {
    double learn = rules.loud() == null ? 0 : rules.loud().levels().learnSeconds();
    return Duration.ofMillis(Math.max(rule.cooldown(), Math.round(learn * 1_000)));
  }

  private void read(ReplayRange range, ReplayPair both) throws NoAnswer {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      TopicStretch.read(
          kafka,
          Topics.SCORES,
          range,
          () -> both.isFull() || System.nanoTime() - deadline > 0,
          both::add);
    } catch (KafkaException e) {
      throw NoAnswer.now("Kafka does not answer; try again later", e);
    }
    if (System.nanoTime() - deadline > 0) {
      throw NoAnswer.now(
          "so much was heard that it takes more than %d s; ask for fewer minutes, or for one stream"
              .formatted(PATIENCE.toSeconds()),
          null);
    }
  }

  /** Neither can be decided by scores of another hop, and without them the past is not whole. */
  static void requireOneHop(ScoreReplay scores) throws NoAnswer {
    if (scores.hasOtherHop()) {
      throw NoAnswer.wrongly(
          "minutes must be fewer: in that time segments had another hop, and such scores cannot be compared");
    }
  }

  private static Answer answer(
      ReplayRange range, Rule rule, List<Event> before, List<Event> after) {
    List<Difference> all =
        EventDiff.of(before, after).stream().filter(one -> one.isIn(range)).toList();
    List<Event> appear = some(all, Change.GAINED, Difference::after);
    List<Event> vanish = some(all, Change.LOST, Difference::before);
    List<Pair> change = some(all, Change.CHANGED, one -> new Pair(one.before(), one.after()));
    long told = (long) appear.size() + vanish.size() + change.size();
    return new Answer(
        range.from().toString(),
        range.to().toString(),
        rule.label(),
        round(rule.onset()),
        round(rule.offset()),
        count(before, range),
        count(after, range),
        appear,
        vanish,
        change,
        told == all.stream().filter(one -> one.change() != Change.SAME).count());
  }

  /** The latest. */
  private static <T> List<T> some(
      List<Difference> all, Change change, Function<Difference, T> shown) {
    List<T> some = new ArrayList<>();
    all.stream().filter(one -> one.change() == change).map(shown).forEach(some::add);
    return List.copyOf(some.subList(Math.max(0, some.size() - MOST), some.size()));
  }

  private static int count(List<Event> events, ReplayRange range) {
    return (int) events.stream().filter(event -> range.holds(event.onset())).count();
  }

  private static double round(float share) {
    return Math.round(share * 1e4) / 1e4;
  }
}
