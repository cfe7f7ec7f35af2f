package io.earshot.producer.app;

import io.earshot.producer.live.Progress;
import io.earshot.producer.source.AudioSource;
import java.io.IOException;

/** Opens the source of a {@link PullStream}, in the stream's thread. */
interface SourceOpener {
  AudioSource open(Progress progress) throws IOException;

  /**
   * What follows.
   *
   * @param ended whether the source came to its end; otherwise it failed
   * @param heard whether any sound came
   */
  default Next next(boolean ended, boolean heard) {
    return ended ? Next.NONE : Next.LATER;
  }

  /** Ends an {@link #open} that waits. Any thread. */
  default void stop() {}

  /** When a source is opened again. */
  enum Next {
    AT_ONCE,
    LATER,
    /** Never; what went wrong before was passed over. */
    NONE,
    /** Never, because of what went wrong. */
    FAILED;

    /**
     * After one file: it would break in the same place again, and all before that would be heard
     * once more. What was not heard may yet become a file.
     *
     * @param loop whether to be heard again is what is wanted
     */
    static Next afterFile(boolean ended, boolean heard, boolean loop) {
      if (ended) {
        return NONE;
      }
      return heard && !loop ? FAILED : LATER;
    }
  }
}
