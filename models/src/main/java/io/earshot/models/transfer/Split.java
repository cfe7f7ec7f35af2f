package io.earshot.models.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Clips to learn from, and about a tenth held out to tell when to stop; no recording is on both
 * sides, and every label keeps half of its recordings or more to learn from.
 */
record Split(List<Clip> learnt, List<Clip> heldOut) {
  private static final int SHARE = 10;

  static Split of(List<Clip> clips, long seed) {
    Map<String, List<Clip>> recordings = new LinkedHashMap<>();
    clips.forEach(
        clip -> recordings.computeIfAbsent(clip.recording(), key -> new ArrayList<>()).add(clip));
    List<List<Clip>> shuffled = new ArrayList<>(recordings.values());
    Collections.shuffle(shuffled, new Random(seed));
    Map<String, Integer> left = new LinkedHashMap<>();
    shuffled.forEach(recording -> count(recording, left, 1));
    Map<String, Integer> all = Map.copyOf(left);
    List<Clip> learnt = new ArrayList<>();
    List<Clip> heldOut = new ArrayList<>();
    for (List<Clip> recording : shuffled) {
      boolean wanted = heldOut.size() + recording.size() <= clips.size() / SHARE;
      boolean spare =
          labels(recording).stream().allMatch(label -> 2 * left.get(label) >= all.get(label) + 2);
      if (wanted && spare) {
        heldOut.addAll(recording);
        count(recording, left, -1);
      } else {
        learnt.addAll(recording);
      }
    }
    return new Split(learnt, heldOut);
  }

  private static void count(List<Clip> recording, Map<String, Integer> counts, int one) {
    labels(recording).forEach(label -> counts.merge(label, one, Integer::sum));
  }

  /** Of a negative the empty one. */
  private static List<String> labels(List<Clip> recording) {
    return recording.stream()
        .flatMap(clip -> clip.labels().isEmpty() ? List.of("").stream() : clip.labels().stream())
        .distinct()
        .toList();
  }
}
