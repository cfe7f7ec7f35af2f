package io.earshot.detector.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the configuration says of one label: by its own name, by groups (of two the smaller one), by
 * default; the first that says something holds.
 */
final class LabelDecisions {
  /**
   * @param path of the entry
   * @param width for how many labels it holds; 0 if it is the label's own
   */
  private record Entry(String path, int width, DecisionConfig says) {}

  private final List<Entry> entries = new ArrayList<>();

  LabelDecisions(EventsConfig config, LabelNames names, String label) throws UserException {
    for (Map.Entry<String, DecisionConfig> entry : config.labels().entrySet()) {
      String path = "events.labels." + entry.getKey();
      int width = names.width(path, entry.getKey(), label);
      if (width != LabelNames.NONE) {
        entries.add(new Entry(path, width, entry.getValue()));
      }
    }
    entries.sort(Comparator.comparingInt(Entry::width).thenComparing(Entry::path));
    entries.add(new Entry("events.defaults", LabelNames.NONE, config.defaults()));
  }

  /** What the label's entries say of a key, or the other value. */
  <T> T get(Function<DecisionConfig, T> key, T other) {
    Entry says = first(key);
    return says == null ? other : key.apply(says.says);
  }

  /** The same without the defaults. */
  <T> T getOwn(Function<DecisionConfig, T> key, T other) {
    Entry says = first(key);
    return says == null || says.width == LabelNames.NONE ? other : key.apply(says.says);
  }

  /**
   * @throws UserException what is said of the key contradicts what is said of others; names its
   *     path
   */
  void check(boolean fine, Function<DecisionConfig, ?> key, String name, String allowed)
      throws UserException {
    if (!fine) {
      Entry says = first(key);
      String path = says == null ? "events" : says.path;
      throw UserException.wrongUse("%s.%s must be %s".formatted(path, name, allowed));
    }
  }

  private Entry first(Function<DecisionConfig, ?> key) {
    return entries.stream().filter(entry -> key.apply(entry.says) != null).findFirst().orElse(null);
  }
}
