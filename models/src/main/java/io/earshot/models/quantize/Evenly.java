package io.earshot.models.quantize;

import java.util.List;
import java.util.stream.IntStream;

/** Some of many, from all over the list. */
final class Evenly {
  private Evenly() {}

  static <T> List<T> of(List<T> all, int most) {
    if (all.size() <= most) {
      return List.copyOf(all);
    }
    return IntStream.range(0, most)
        .mapToObj(i -> all.get((int) ((2L * i + 1) * all.size() / (2L * most))))
        .toList();
  }
}
