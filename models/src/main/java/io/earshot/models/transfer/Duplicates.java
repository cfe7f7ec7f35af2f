package io.earshot.models.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clips of the same content: left as they are, one could be learnt and the other judged by. */
final class Duplicates {
  private Duplicates() {}

  /** Name of each clip that has the content of an earlier one, and the earliest one's name. */
  static Map<String, String> of(List<Clip> clips) {
    Map<String, String> first = new HashMap<>();
    Map<String, String> copies = new TreeMap<>();
    for (Clip clip : clips) {
      String earlier = first.putIfAbsent(clip.digest(), clip.name());
      if (earlier != null) {
        copies.put(clip.name(), earlier);
      }
    }
    return copies;
  }
}
