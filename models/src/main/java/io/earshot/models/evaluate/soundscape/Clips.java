package io.earshot.models.evaluate.soundscape;

import java.io.IOException;
import java.util.List;

/**
 * Labelled clips to mix, read when they are needed: a data set may be larger than the memory.
 *
 * <pre>{@code
 * for (String label : clips.labels()) {
 *   float[] first = clips.samples(label, 0);
 * }
 * }</pre>
 */
public interface Clips {
  /** In any order that stays the same. */
  List<String> labels();

  /** How many clips have that label, 1 or more. */
  int count(String label);

  /**
   * One clip, 16 kHz mono in [-1, 1]; an empty or silent one is passed over.
   *
   * @param index 0 to {@link #count} - 1
   * @throws IOException one line that names the file
   */
  float[] samples(String label, int index) throws IOException;
}
