package io.earshot.detector.event;

import java.util.List;
import java.util.stream.IntStream;

/** The best labels of a segment; looked for when they are first asked for. */
public final class TopScores {
  static final int MOST = 5;

  private final EventRules rules;
  private final float[] scores;
  private List<Event.Score> best;

  /**
   * @param scores of the model's labels; none if there are none
   */
  public TopScores(EventRules rules, float... scores) {
    this.rules = rules;
    this.scores = scores;
  }

  /** The highest scores; of equal ones the label that comes first. */
  public List<Event.Score> get() {
    if (best == null) {
      best = find();
    }
    return best;
  }

  private List<Event.Score> find() {
    int[] highest = new int[MOST];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      int at = count;
      while (at > 0 && scores[i] > scores[highest[at - 1]]) {
        at--;
      }
      if (at < MOST) {
        count = Math.min(MOST, count + 1);
        System.arraycopy(highest, at, highest, at + 1, count - at - 1);
        highest[at] = i;
      }
    }
    return IntStream.of(highest)
        .limit(count)
        .mapToObj(i -> new Event.Score(rules.label(i), Told.rounded(scores[i])))
        .toList();
  }
}
