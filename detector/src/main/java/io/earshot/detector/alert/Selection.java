package io.earshot.detector.alert;

/**
 * What a subscription is told of the events that come along.
 *
 * <p>The rate limit counts events, not alerts: whoever has heard that one began hears how it ends.
 * An event that becomes sure enough only after it has begun is told then, as if it began.
 *
 * <p>Pure: time comes in.
 */
final class Selection {
  /** What becomes of an alert. */
  enum Verdict {
    /** Nobody asked for it. */
    PASS_OVER,
    /** It is over the limit. */
    SUPPRESS,
    TELL,
    /** It is the first that is sure enough, of an event whose beginning was not. */
    TELL_AS_OPEN
  }

  /**
   * An event that was judged.
   *
   * @param first the key of the first alert of it that was wanted, which may come again
   */
  private record Known(String first, boolean admitted) {}

  private static final int EVENTS = 10_000;

  private final AlertFilter filter;
  private final RateLimiter limiter;
  private final RecentMap<String, Known> known = new RecentMap<>(EVENTS);

  /** Those whose beginning was not sure enough to be told. */
  private final RecentMap<String, Boolean> unsure = new RecentMap<>(EVENTS);

  Selection(AlertFilter filter, RateLimit limit) {
    this.filter = filter;
    this.limiter = new RateLimiter(limit);
  }

  /**
   * @param millis the event's own time
   */
  Verdict judge(Alert alert, long millis) {
    if (!filter.concerns(alert)) {
      return Verdict.PASS_OVER;
    }
    if (!filter.isSure(alert)) {
      unsure.put(alert.id(), true);
      return Verdict.PASS_OVER;
    }
    boolean wanted = filter.states().contains(alert.state());
    if (!wanted && !isLate(alert)) {
      return Verdict.PASS_OVER;
    }
    if (!admits(alert, millis)) {
      return Verdict.SUPPRESS;
    }
    return wanted ? Verdict.TELL : Verdict.TELL_AS_OPEN;
  }

  /** How many events were suppressed before this one, of those counted with it; each told once. */
  int takeSuppressed(Alert alert) {
    return limiter.takeSuppressed(alert);
  }

  /**
   * After a restart this may be told a second time, under the same key. The other mistake would be
   * never to tell it.
   */
  private boolean isLate(Alert alert) {
    Known event = known.get(alert.id());
    return filter.minConfidence() > 0
        && filter.states().contains(AlertState.OPEN)
        && (event == null || event.first().equals(alert.key()));
  }

  private boolean admits(Alert alert, long millis) {
    Known event = known.get(alert.id());
    if (event == null) {
      boolean admitted = wasTold(alert) || limiter.admits(alert, millis);
      event = new Known(alert.key(), admitted);
      known.put(alert.id(), event);
    }
    return event.admitted();
  }

  /**
   * Whether the beginning, which nothing is known of here, was told before a restart, or by another
   * process. It may have been over the limit there; the other mistake would be that whoever has
   * heard of the beginning never hears of the end.
   */
  private boolean wasTold(Alert alert) {
    return alert.state() != AlertState.OPEN
        && filter.states().contains(alert.state())
        && filter.states().contains(AlertState.OPEN)
        && !unsure.containsKey(alert.id());
  }
}
