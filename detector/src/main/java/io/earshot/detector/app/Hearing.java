package io.earshot.detector.app;

import io.earshot.detector.event.EventRules;
import io.earshot.detector.inference.Scorer;
import io.earshot.models.onnx.Network;
import io.earshot.models.pack.ModelPackage;
import java.util.function.Function;

/**
 * How patches become scores, and scores events.
 *
 * @param scorer for one thread at a time
 */
record Hearing(EventRules rules, Scorer scorer) {
  /**
   * As the configuration has it, of the network when that is open.
   *
   * @throws UserException the rules do not fit the model
   */
  static Function<Network, Hearing> of(Config config, ModelPackage model) throws UserException {
    EventRules rules = RulesOfConfig.of(config, model);
    return network -> new Hearing(rules, network::score);
  }
}
