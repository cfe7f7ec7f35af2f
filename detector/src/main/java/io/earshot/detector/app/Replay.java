package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.EventRules;
import io.earshot.models.pack.ModelPackage;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The past, heard by the scores that are kept if they are of this model and hop, else by its sound.
 */
final class Replay {
  private final Config config;
  private final ModelPackage model;
  private final EventRules rules;
  private final boolean sound;
  private final Predicate<String> wanted;
  private final Interrupt interrupt;

  /**
   * @param sound is heard anew, even if there are scores
   * @param wanted which streams
   * @throws UserException the rules do not fit the model
   */
  Replay(
      Config config,
      ModelPackage model,
      boolean sound,
      Predicate<String> wanted,
      Interrupt interrupt)
      throws UserException {
    this.config = config;
    this.model = model;
    this.rules = RulesOfConfig.of(config, model);
    this.sound = sound;
    this.wanted = wanted;
    this.interrupt = interrupt;
  }

  /** What is heard to compare the range. */
  ReplayRange around(ReplayRange range) {
    long cooldown = rules.rules().stream().mapToLong(EventRules.Rule::cooldown).max().orElse(0);
    double learn = rules.loud() == null ? 0 : rules.loud().levels().learnSeconds();
    return range.around(Duration.ofMillis(Math.max(cooldown, Math.round(learn * 1000))));
  }

  /**
   * Hears a range.
   *
   * @throws UserException nothing of that time is kept, or a stage failed
   */
  Replayed run(Map<String, Object> kafka, ReplayRange range) throws Exception {
    Replayed scores = sound ? Replayed.nothing(range) : scores(kafka, range);
    if (interrupt.requested() || !scores.since().isEmpty()) {
      return told("scores", scores);
    }
    Replayed heard = new FrameReplay(config, model, wanted, interrupt).run(kafka, range);
    if (heard.since().isEmpty() && !interrupt.requested()) {
      throw UserException.failed(
          "no scores of %s at that hop and no sound are kept from %s to %s; kafka.retention.scores"
                  .formatted(model.name(), range.from(), range.to())
              + " and kafka.retention.frames say for how long",
          null);
    }
    return told("sound", heard);
  }

  private Replayed scores(Map<String, Object> kafka, ReplayRange range) {
    ScoreReplay replay = new ScoreReplay(rules, range, wanted);
    TopicStretch.read(kafka, Topics.SCORES, range, interrupt::requested, replay::add);
    return replay.result();
  }

  private Replayed told(String what, Replayed replayed) {
    int streams = replayed.since().size();
    if (streams > 0) {
      System.err.printf(
          "Replayed the %s of %d %s by %s %s%n",
          what, streams, streams == 1 ? "stream" : "streams", model.name(), model.version());
    }
    return replayed;
  }
}
