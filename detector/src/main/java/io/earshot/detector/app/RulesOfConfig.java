package io.earshot.detector.app;

import io.earshot.detector.event.Candidate.Reason;
import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.QuietHours;
import io.earshot.detector.event.Smoothing;
import io.earshot.models.pack.ModelPackage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The rules that configuration and model package make of each other. */
final class RulesOfConfig {
  /** A sound that is louder than the noise floor by the margin. */
  private static final float LOUD_ONSET = 0.5f;

  private final EventsConfig config;
  private final LabelNames names;

  private RulesOfConfig(EventsConfig config, LabelNames names) {
    this.config = config;
    this.names = names;
  }

  /**
   * @throws UserException a rule names a label that the model has not, or two contradict each other
   */
  static EventRules of(Config config, ModelPackage model) throws UserException {
    EventsConfig events = config.events();
    RulesOfConfig of = new RulesOfConfig(events, new LabelNames(model, events.groups()));
    of.checkNames();
    List<EventRules.Rule> rules = new ArrayList<>();
    for (int i = 0; i < model.classes(); i++) {
      String label = model.labels().get(i);
      rules.add(
          model.background().equals(OptionalInt.of(i))
              ? new EventRules.Rule(label, EventRules.NEVER)
              : of.rule(label, model.threshold(i)));
    }
    int hopMillis = (int) config.segments().hop().toMillis();
    Event.Model named = new Event.Model(model.name(), model.version());
    return new EventRules(named, List.copyOf(rules), hopMillis, of.loud(model));
  }

  private EventRules.Loud loud(ModelPackage model) throws UserException {
    if (!config.loudSound().enabled()) {
      return null;
    }
    if (model.labels().contains(EventRules.LOUD_SOUND)) {
      throw UserException.wrongUse(
          "events.loud_sound.enabled must be false: model %s has a label loud_sound of its own"
              .formatted(model.name()));
    }
    LabelDecisions says = new LabelDecisions(config, names, EventRules.LOUD_SOUND);
    float onset = says.getOwn(DecisionConfig::onset, (double) LOUD_ONSET).floatValue();
    float offset = says.getOwn(DecisionConfig::offset, (double) onset).floatValue();
    return new EventRules.Loud(
        rule(EventRules.LOUD_SOUND, says, onset, offset), config.loudSound().rules());
  }

  private EventRules.Rule rule(String label, float threshold) throws UserException {
    LabelDecisions says = new LabelDecisions(config, names, label);
    Double onset = says.get(DecisionConfig::onset, null);
    float from = onset == null ? threshold : onset.floatValue();
    Double offset = says.get(DecisionConfig::offset, null);
    return rule(label, says, from, offset == null ? from : offset.floatValue());
  }

  private EventRules.Rule rule(String label, LabelDecisions says, float onset, float offset)
      throws UserException {
    says.check(
        offset <= onset,
        DecisionConfig::offset,
        "offset",
        "at most the onset of %s, %s".formatted(label, onset));
    String nOfM = says.get(DecisionConfig::nOfM, "1 of 1");
    DecisionConfig counts =
        new DecisionConfig(null, null, null, null, nOfM, null, null, null, null);
    long min = millis(says.get(DecisionConfig::minDuration, Duration.ZERO));
    long max = millis(says.get(DecisionConfig::maxDuration, Duration.ZERO));
    says.check(
        max == 0 || min <= max,
        DecisionConfig::minDuration,
        "min_duration",
        "at most the max_duration of " + label);
    return new EventRules.Rule(
        label,
        onset,
        offset,
        smoothing(says),
        counts.hits(),
        counts.of(),
        min,
        millis(says.get(DecisionConfig::mergeGap, Duration.ZERO)),
        max,
        millis(says.get(DecisionConfig::cooldown, Duration.ZERO)),
        barred(label),
        quiet(label));
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }

  private static Smoothing smoothing(LabelDecisions says) throws UserException {
    Smoothing.Kind kind = says.get(DecisionConfig::smoothing, Smoothing.Kind.NONE);
    int segments = says.get(DecisionConfig::smoothingSegments, 3);
    says.check(
        kind != Smoothing.Kind.MEDIAN || segments % 2 == 1,
        DecisionConfig::smoothingSegments,
        "smoothing_segments",
        "an odd number for a median");
    return kind == Smoothing.Kind.NONE ? Smoothing.NONE : new Smoothing(kind, segments);
  }

  /** Of the names on both lists that stand for a label the narrowest counts. */
  private Reason barred(String label) throws UserException {
    int denied = narrowest(label, "events.deny", config.deny());
    int allowed = narrowest(label, "events.allow", config.allow());
    if (denied == LabelNames.NONE && allowed == LabelNames.NONE) {
      return config.allow().isEmpty() ? null : Reason.NOT_ALLOWED;
    }
    return denied <= allowed ? Reason.DENIED : null;
  }

  private List<QuietHours> quiet(String label) throws UserException {
    List<QuietHours> quiet = new ArrayList<>();
    for (int i = 0; i < config.quiet().size(); i++) {
      QuietConfig hours = config.quiet().get(i);
      if (hours.labels().isEmpty() || isNamed(label, path(i), hours.labels())) {
        quiet.add(hours.hours());
      }
    }
    return List.copyOf(quiet);
  }

  private static String path(int quiet) {
    return "events.quiet[%d].labels".formatted(quiet);
  }

  private boolean isNamed(String label, String path, List<String> some) throws UserException {
    return narrowest(label, path, some) != LabelNames.NONE;
  }

  private int narrowest(String label, String path, List<String> some) throws UserException {
    int narrowest = LabelNames.NONE;
    for (String name : some) {
      narrowest = Math.min(narrowest, names.width(path, name, label));
    }
    return narrowest;
  }

  /** Each name, whether a label asks for it or not. */
  private void checkNames() throws UserException {
    isNamed("", "events.allow", config.allow());
    isNamed("", "events.deny", config.deny());
    for (int i = 0; i < config.quiet().size(); i++) {
      isNamed("", path(i), config.quiet().get(i).labels());
    }
  }
}
