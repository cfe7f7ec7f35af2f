package io.earshot.detector.app;

import io.earshot.detector.event.EventRules;
import io.earshot.detector.inference.Scorer;
import io.earshot.models.onnx.Network;
import io.earshot.models.pack.ModelPackage;

/**
 * How patches become scores, and scores events.
 *
 * @param scorer for one thread at a time
 */
record Hearing(EventRules rules, Scorer scorer) {
  /** As the configuration has it. */
  static Hearing of(Config config, ModelPackage model, Network network) {
    return new Hearing(Detector.rules(config, model), network::score);
  }
}
