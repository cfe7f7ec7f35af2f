package io.earshot.models.transfer;

import java.io.IOException;
import java.nio.file.Path;

/** Reads sound files as the detector gets them. Any thread. */
@FunctionalInterface
public interface SoundReader {
  /**
   * A whole file.
   *
   * @return 16 kHz mono in [-1, 1)
   * @throws IOException one line that names the file
   */
  float[] read(Path file) throws IOException;
}
