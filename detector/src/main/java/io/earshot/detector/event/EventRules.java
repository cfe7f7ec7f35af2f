package io.earshot.detector.event;

import io.earshot.models.feature.Segment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tracker decides by.
 *
 * @param rules for each class of the model, in the order of its scores
 * @param hopMillis from one segment to the next: 960, 480 or 240
 * @param loud how the built-in label {@link #LOUD_SOUND} is decided; null if it is not
 */
public record EventRules(Event.Model model, List<Rule> rules, int hopMillis, Loud loud) {

  /** The onset of a label that no score raises: it only appears among an event's top labels. */
  public static final float NEVER = Float.POSITIVE_INFINITY;

  /** The built-in label of whatever is loud for its stream. */
  public static final String LOUD_SOUND = "loud_sound";

  private static final int DEFAULT_HOP_MILLIS = Segment.MILLIS;

  /** The built-in label: when a sound is loud, and what then makes it an event. */
  public record Loud(Rule rule, LoudSoundRules levels) {}

  /** Without the built-in label, one segment after another. */
  public EventRules(Event.Model model, List<Rule> rules) {
    this(model, rules, DEFAULT_HOP_MILLIS, null);
  }

  /** Number of classes. */
  int size() {
    return rules.size();
  }

  String label(int index) {
    return rules.get(index).label();
  }

  /** Those of the model's labels, and behind them that of the built-in one. */
  public List<Rule> all() {
    List<Rule> all = new ArrayList<>(rules);
    if (loud != null) {
      all.add(loud.rule());
    }
    return all;
  }

  /**
   * How one label is decided. Times are milliseconds.
   *
   * @param onset the score from which an event begins, or {@link #NEVER}
   * @param offset the score from which it goes on; at most the onset
   * @param hits segments at the onset that an event needs ...
   * @param of ... of so many in a row
   * @param min what an event must last
   * @param merge a pause shorter than that is a part of its event
   * @param max an event that lasts longer goes on as another; 0 for ever
   * @param cooldown after an event's offset in which no other of the label begins
   * @param barred why the label has no events at all: {@link Candidate.Reason#DENIED} or {@link
   *     Candidate.Reason#NOT_ALLOWED}; null if it has
   * @param quiet times in which it has none
   */
  public record Rule(
      String label,
      float onset,
      float offset,
      Smoothing smoothing,
      int hits,
      int of,
      long min,
      long merge,
      long max,
      long cooldown,
      Candidate.Reason barred,
      List<QuietHours> quiet) {
    /** One that only the score decides. */
    public Rule(String label, float onset) {
      this(label, onset, onset, Smoothing.NONE, 1, 1, 0, 0, 0, 0, null, List.of());
    }

    /**
     * Why what is an event by its scores may not be one; null if it may.
     *
     * @param onset capture time, microseconds
     * @param lastOffset where the label's last event ended, if that is not long ago; else null
     */
    Candidate.Reason barredAt(long onset, Long lastOffset) {
      long since = lastOffset == null ? Long.MAX_VALUE : onset - lastOffset;
      // A clock that was set back does not tell how long ago it was.
      if (since >= 0 && since < cooldown * 1_000) {
        return Candidate.Reason.COOLDOWN;
      }
      if (barred != null) {
        return barred;
      }
      Instant time = Instant.EPOCH.plus(onset, ChronoUnit.MICROS);
      boolean isQuiet = quiet.stream().anyMatch(hours -> hours.covers(time));
      return isQuiet ? Candidate.Reason.QUIET_HOURS : null;
    }

    /**
     * The score from which a segment may be told as a candidate: half of what it takes. Of a label
     * that is barred only what would be an event is told.
     */
    float watch() {
      return barred == null ? onset / 2 : onset;
    }
  }
}
