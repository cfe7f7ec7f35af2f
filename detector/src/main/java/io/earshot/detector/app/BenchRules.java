package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventRules;
import io.earshot.models.pack.ModelPackage;
import java.util.stream.IntStream;

/** Rules by which each change between two sounds begins or ends one event. */
final class BenchRules {
  private BenchRules() {}

  /** The label that tells the sounds apart best has its onset midway; no other has events. */
  static EventRules of(ModelPackage model, int hopMillis, float[] one, float[] other) {
    int widest =
        IntStream.range(0, one.length)
            .reduce(0, (a, b) -> Math.abs(one[b] - other[b]) > Math.abs(one[a] - other[a]) ? b : a);
    float onset = (one[widest] + other[widest]) / 2;
    return new EventRules(
        new Event.Model(model.name(), model.version()),
        IntStream.range(0, one.length)
            .mapToObj(
                i ->
                    new EventRules.Rule(
                        model.labels().get(i), i == widest ? onset : EventRules.NEVER))
            .toList(),
        hopMillis,
        null);
  }
}
