package io.earshot.detector.event;

import java.util.List;

/** Rules as a test writes them down: {@code rule("dog", 0.5f).offset(0.3f).hits(2, 3).build()}. */
final class RuleBuilder {
  private final String label;
  private final float onset;
  private float offset;
  private Smoothing smoothing = Smoothing.NONE;
  private int hits = 1;
  private int of = 1;
  private long min;
  private long merge;
  private long max;
  private long cooldown;
  private Candidate.Reason barred;
  private List<QuietHours> quiet = List.of();

  private RuleBuilder(String label, float onset) {
    this.label = label;
    this.onset = onset;
    this.offset = onset;
  }

  static RuleBuilder rule(String label, float onset) {
    return new RuleBuilder(label, onset);
  }

  RuleBuilder offset(float score) {
    offset = score;
    return this;
  }

  RuleBuilder smoothing(Smoothing.Kind kind, int segments) {
    smoothing = kind == Smoothing.Kind.NONE ? Smoothing.NONE : new Smoothing(kind, segments);
    return this;
  }

  RuleBuilder hits(int n, int m) {
    hits = n;
    of = m;
    return this;
  }

  RuleBuilder min(long millis) {
    min = millis;
    return this;
  }

  RuleBuilder merge(long millis) {
    merge = millis;
    return this;
  }

  RuleBuilder max(long millis) {
    max = millis;
    return this;
  }

  RuleBuilder cooldown(long millis) {
    cooldown = millis;
    return this;
  }

  RuleBuilder barred(Candidate.Reason reason) {
    barred = reason;
    return this;
  }

  RuleBuilder quiet(QuietHours... hours) {
    quiet = List.of(hours);
    return this;
  }

  EventRules.Rule build() {
    return new EventRules.Rule(
        label, onset, offset, smoothing, hits, of, min, merge, max, cooldown, barred, quiet);
  }
}
