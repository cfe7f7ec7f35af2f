package io.earshot.detector.app;

import io.earshot.detector.event.Candidate;
import java.util.List;

/**
 * What other decisions have made of sound that was heard before.
 *
 * @param events in their last states
 * @param candidates what became no event
 * @param streams how many were heard
 */
record Replayed(LastStates events, List<Candidate> candidates, int streams) {
  static final Replayed NOTHING = new Replayed(new LastStates(), List.of(), 0);
}
