package io.earshot.producer.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** One open sound file; knows its format, not its name. One thread. */
interface AudioDecoder extends Closeable {
  /**
   * Where damage leaves a gap of known length, silence fills it, so that the rest keeps its time; a
   * longer one than this is more likely a wrong number in the file.
   */
  int MAX_GAP_SECONDS = 10;

  /** Rate in Hz, not yet checked. */
  int rate();

  /** Not yet checked. */
  int channels();

  /** As announced by the file; -1 unknown. */
  long totalFrames();

  /**
   * Reads some sound.
   *
   * @return samples read: above 0 and whole frames; -1 at the end
   * @throws IOException if the file cannot be read on
   */
  int read(float[] interleaved) throws IOException;

  /** At the end: what is wrong with the file although its sound was read. */
  Optional<String> complaint();
}
