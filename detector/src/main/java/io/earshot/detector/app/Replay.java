package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.EventRules;
import io.earshot.models.pack.ModelPackage;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The past, heard by the scores that are kept if they are of this model and hop, else by its sound.
 */
final class Replay {
  private final Config config;
  private final ModelPackage model;
  private final EventRules rules;
  private final Predicate<String> wanted;
  private final Interrupt interrupt;

  /**
   * @param wanted which streams
   * @throws UserException the rules do not fit the model
   */
  Replay(Config config, ModelPackage model, Predicate<String> wanted, Interrupt interrupt)
      throws UserException {
    this.config = config;
    this.model = model;
    this.rules = RulesOfConfig.of(config, model);
    this.wanted = wanted;
    this.interrupt = interrupt;
  }

  /**
   * @throws UserException nothing of that time is kept, or a stage failed
   */
  Replayed run(Map<String, Object> kafka, ReplayRange range) throws Exception {
    Replayed scores = scores(kafka, range);
    if (scores.streams() > 0 || interrupt.requested()) {
      tell("scores", scores);
      return scores;
    }
    Replayed sound = new FrameReplay(config, model, wanted, interrupt).run(kafka, range);
    if (sound.streams() == 0 && !interrupt.requested()) {
      throw UserException.failed(
          "no scores of %s and no sound are kept from %s to %s; kafka.retention.scores and"
                  .formatted(model.name(), range.from(), range.to())
              + " kafka.retention.frames say for how long",
          null);
    }
    tell("sound", sound);
    return sound;
  }

  private Replayed scores(Map<String, Object> kafka, ReplayRange range) {
    ScoreReplay replay = new ScoreReplay(rules, wanted);
    range.read(kafka, Topics.SCORES, interrupt::requested, replay::add);
    return replay.result();
  }

  private void tell(String what, Replayed replayed) {
    System.err.printf(
        "Replayed the %s of %d %s by %s %s%n",
        what,
        replayed.streams(),
        replayed.streams() == 1 ? "stream" : "streams",
        model.name(),
        model.version());
  }
}
