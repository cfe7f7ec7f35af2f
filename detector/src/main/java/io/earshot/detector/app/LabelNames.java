package io.earshot.detector.app;

import io.earshot.detector.event.EventRules;
import io.earshot.models.pack.ModelPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What rules may name: labels of a model, the built-in one, and groups of them. A name that is a
 * label's and a group's stands for all of the group.
 */
final class LabelNames {
  /** The width of a name that does not stand for a label. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int NEAREST = 3;

  private final String model;
  private final String background;
  private final Set<String> labels;
  private final Map<String, Set<String>> groups = new HashMap<>();

  /**
   * @param own groups of the user, which win over AudioSet's
   * @throws UserException one of them has a label that there is not
   */
  LabelNames(ModelPackage model, Map<String, List<String>> own) throws UserException {
    this.model = model.name();
    OptionalInt never = model.background();
    background = never.isPresent() ? model.labels().get(never.getAsInt()) : null;
    labels = new LinkedHashSet<>(model.labels());
    labels.remove(background);
    labels.add(EventRules.LOUD_SOUND);
    for (String parent : AudioSetGroups.names()) {
      Set<String> here = new LinkedHashSet<>(AudioSetGroups.members(parent));
      here.retainAll(labels);
      if (!here.isEmpty()) {
        groups.put(parent, here);
      }
    }
    for (Map.Entry<String, List<String>> group : own.entrySet()) {
      groups.put(group.getKey(), checked("events.groups." + group.getKey(), group.getValue()));
    }
  }

  /**
   * The labels that a name stands for.
   *
   * @param path of the key that has the name
   * @throws UserException it is no name
   */
  private Set<String> of(String path, String name) throws UserException {
    if (groups.containsKey(name)) {
      return groups.get(name);
    }
    if (labels.contains(name)) {
      return Set.of(name);
    }
    throw unknown(path, name);
  }

  /**
   * How many labels a name stands for that stands for this one: 0 if it is its own, {@link #NONE}
   * if it does not.
   *
   * @param path of the key that has the name
   * @throws UserException it is no name
   */
  int width(String path, String name, String label) throws UserException {
    Set<String> named = of(path, name);
    if (!named.contains(label)) {
      return NONE;
    }
    return name.equals(label) ? 0 : named.size();
  }

  private Set<String> checked(String path, List<String> members) throws UserException {
    for (String member : members) {
      if (!labels.contains(member)) {
        throw unknown(path, member);
      }
    }
    return new LinkedHashSet<>(members);
  }

  private UserException unknown(String path, String name) {
    String problem =
        name.equals(background)
            ? "the background of model %s never raises an event".formatted(model)
            : "model %s has no label or group of that name; nearest: %s"
                .formatted(model, String.join("; ", nearest(name)));
    return UserException.wrongUse("%s: \"%s\": %s".formatted(path, name, problem));
  }

  /** Those that hold the name, then those that take the fewest letters to be changed. */
  private List<String> nearest(String name) {
    Set<String> all = new TreeSet<>(labels);
    all.addAll(groups.keySet());
    String small = name.toLowerCase(Locale.ROOT);
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    List<String> nearest = new ArrayList<>(all);
    nearest.sort(
        Comparator.comparing((String other) -> !other.toLowerCase(Locale.ROOT).contains(small))
            .thenComparingInt(other -> distance.apply(small, other.toLowerCase(Locale.ROOT))));
    return nearest.subList(0, Math.min(NEAREST, nearest.size()));
  }
}
