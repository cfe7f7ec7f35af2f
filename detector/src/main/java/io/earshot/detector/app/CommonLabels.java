package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The labels of clips that a package has too. */
final class CommonLabels {
  private CommonLabels() {}

  /**
   * What the package calls each of them; the others are left out.
   *
   * @param named by the user: a label of the clips, and the package's
   * @throws UserException the clips or the package have no such label
   */
  static Map<String, String> of(List<String> labels, ModelPackage model, Map<String, String> named)
      throws UserException {
    for (Map.Entry<String, String> pair : named.entrySet()) {
      String flag = "--map %s=%s: ".formatted(pair.getKey(), pair.getValue());
      if (!labels.contains(pair.getKey())) {
        throw UserException.wrongUse(flag + "the clips have no label " + pair.getKey());
      }
      if (!raises(model, pair.getValue())) {
        throw UserException.wrongUse(
            flag + "model package " + model.name() + " raises no events of that");
      }
    }
    Map<String, String> common = new TreeMap<>();
    for (String label : labels) {
      String ours = named.getOrDefault(label, label);
      if (raises(model, ours)) {
        common.put(label, ours);
      }
    }
    return common;
  }

  /** A background label never raises an event. */
  private static boolean raises(ModelPackage model, String label) {
    int index = model.labels().indexOf(label);
    return index >= 0 && !model.background().equals(OptionalInt.of(index));
  }
}
