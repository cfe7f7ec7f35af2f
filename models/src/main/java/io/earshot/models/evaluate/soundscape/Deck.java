package io.earshot.models.evaluate.soundscape;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws without putting back, so that all come up equally often; shuffled anew when empty. */
final class Deck<T> {
  private final List<T> cards;
  private final RandomGenerator random;
  private final List<T> left = new ArrayList<>();

  /**
   * @param cards at least one
   */
  Deck(List<T> cards, RandomGenerator random) {
    this.cards = List.copyOf(cards);
    this.random = random;
  }

  T draw() {
    if (left.isEmpty()) {
      left.addAll(cards);
    }
    return left.remove(random.nextInt(left.size()));
  }
}
