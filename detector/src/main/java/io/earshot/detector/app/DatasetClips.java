package io.earshot.detector.app;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.evaluate.soundscape.Clips;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The clips of a data set under the model's labels. Clips with more than one label are left out: in
 * them nobody knows what is heard when.
 */
final class DatasetClips implements Clips {
  private final SortedMap<String, List<Path>> files = new TreeMap<>();
  private final Consumer<String> complaints;

  /**
   * @param labels what the model calls each label of the data
   * @param complaints takes a line for each file that cannot be read; it is passed over
   */
  DatasetClips(Dataset dataset, Map<String, String> labels, Consumer<String> complaints)
      throws UserException {
    this.complaints = complaints;
    for (LabelledFile file : dataset.files()) {
      if (file.labels().size() == 1) {
        String label = labels.get(file.labels().get(0));
        files.computeIfAbsent(label, it -> new ArrayList<>()).add(file.file());
      }
    }
    if (files.isEmpty()) {
      throw UserException.wrongUse(
          "--data: every clip has several labels; scenes need some with one");
    }
  }

  @Override
  public List<String> labels() {
    return List.copyOf(files.keySet());
  }

  @Override
  public int count(String label) {
    return files.get(label).size();
  }

  @Override
  public float[] samples(String label, int index) {
    try {
      return ClipReader.read(files.get(label).get(index));
    } catch (IOException e) {
      complaints.accept(e.getMessage());
      return new float[0];
    }
  }
}
