package io.earshot.models.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files of the same content are one clip: with the labels of all of them, in the fold of the first.
 * Left as they are, one could be learnt and the other judged by.
 */
final class Duplicates {
  private final Map<String, Clip> kept = new LinkedHashMap<>();
  private final Map<String, String> merged = new LinkedHashMap<>();

  Duplicates(List<Clip> clips) {
    for (Clip clip : clips) {
      Clip same = kept.get(clip.digest());
      if (same == null) {
        kept.put(clip.digest(), clip);
      } else {
        kept.put(clip.digest(), same.with(labels(same, clip)));
        merged.put(clip.name(), same.name());
      }
    }
  }

  private static List<String> labels(Clip one, Clip other) {
    return Stream.concat(one.labels().stream(), other.labels().stream())
        .distinct()
        .sorted()
        .toList();
  }

  List<Clip> kept() {
    return List.copyOf(kept.values());
  }

  /** Names of the clips that were merged, and of those that they were merged into. */
  Map<String, String> merged() {
    return merged;
  }
}
