package io.earshot.detector.live;

import io.earshot.producer.frame.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How loud each stream was since it was last asked. Any thread. */
final class Levels {
  /** Anybody can invent streams. */
  private static final int MOST_STREAMS = 5_000;

  private float[] samples = new float[Frame.RATE / 10];
  private Map<String, Level> levels = new HashMap<>();

  synchronized void add(Frame frame) {
    if (levels.size() < MOST_STREAMS || levels.containsKey(frame.stream())) {
      int count = frame.samples();
      if (samples.length < count) {
        samples = new float[count];
      }
      frame.decode(samples, 0);
      levels.computeIfAbsent(frame.stream(), stream -> new Level()).add(samples, count);
    }
  }

  /** Root mean square and peak, dBFS, of those that were heard since; forgets them. */
  synchronized Map<String, double[]> take() {
    Map<String, double[]> taken = new TreeMap<>();
    levels.forEach((stream, level) -> taken.put(stream, level.dbfs()));
    levels = new HashMap<>();
    return taken;
  }
}
