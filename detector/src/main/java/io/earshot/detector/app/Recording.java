package io.earshot.detector.app;

import io.earshot.producer.source.AudioSource;
import java.io.IOException;
import java.time.Instant;

/**
 * One source on its way through the pipeline.
 *
 * @param name as the user named it
 * @param stream id of its stream
 */
record Recording(String name, String stream, Opener opener) {
  /** Opens the source; its first sample is captured at {@code start} unless it has a clock. */
  interface Opener {
    AudioSource open(Instant start) throws IOException;
  }
}
