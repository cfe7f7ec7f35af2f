package io.earshot.detector.app;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.DatasetOptions;
import io.earshot.models.pack.ModelPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Labelled clips that {@code evaluate} judges a model by. */
final class EvaluationDataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Labelled clips: a folder per label, or ESC-50 or UrbanSound8K.")
  private Path data;

  @Option(
      names = "--map",
      paramLabel = "LABEL=MODEL_LABEL",
      description = "What the model calls a label of the data; give it once for each.")
  private Map<String, String> names = Map.of();

  Path path() {
    return data;
  }

  /**
   * The clips, none of them read.
   *
   * @throws UserException none are named, or they are no data set
   */
  Dataset dataset() throws UserException {
    if (data == null) {
      throw UserException.wrongUse("--data is missing: the folder of labelled clips");
    }
    try {
      return Dataset.list(data, DatasetOptions.standard());
    } catch (DatasetException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  /**
   * What the model calls each label of the data.
   *
   * @throws UserException it has no name for one of them
   */
  SortedMap<String, String> labels(Dataset dataset, ModelPackage model) throws UserException {
    if (dataset.labels().isEmpty()) {
      throw UserException.wrongUse("--data: there is no class in it, only background");
    }
    for (String label : names.keySet()) {
      if (!dataset.labels().contains(label)) {
        throw UserException.wrongUse(
            "--map %s=%s: the data has no label %s; it has %s"
                .formatted(label, names.get(label), label, String.join(", ", dataset.labels())));
      }
    }
    SortedMap<String, String> labels = new TreeMap<>();
    dataset.labels().forEach(label -> labels.put(label, names.getOrDefault(label, label)));
    List<String> unknown =
        labels.entrySet().stream()
            .filter(it -> !raises(model, it.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!unknown.isEmpty()) {
      throw UserException.wrongUse(
          "model package %s raises no events of %s; say what it calls that, such as --map %s=MODEL_LABEL (./earshot models info %s lists its labels)"
              .formatted(model.name(), named(unknown, labels), unknown.get(0), model.name()));
    }
    return labels;
  }

  /** A background label never raises an event. */
  private static boolean raises(ModelPackage model, String label) {
    int index = model.labels().indexOf(label);
    return index >= 0 && !model.background().equals(OptionalInt.of(index));
  }

  private static String named(List<String> unknown, Map<String, String> labels) {
    return String.join(
        ", ",
        unknown.stream()
            .map(it -> labels.get(it).equals(it) ? it : it + "=" + labels.get(it))
            .toList());
  }
}
