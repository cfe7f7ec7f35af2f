package io.earshot.detector.inference;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is said of an overload: each stream's first patch that is shed, and how many there were when
 * it is over. Pure: time comes in.
 */
final class ShedReport {
  /** An overload in which nothing is shed for so long is over. */
  private static final long OVER_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Streams named in one overload; nobody reads a thousand lines. */
  private static final int NAMED = 10;

  /** Ids that never end would fill the memory. */
  private static final int COUNTED = 10_000;

  private final Set<String> streams = new HashSet<>();
  private long shed;
  private long lastNanos;

  /** A patch was shed; returns the line to say about it, or null. */
  String shed(String stream, long nowNanos) {
    shed++;
    lastNanos = nowNanos;
    if (streams.size() >= COUNTED || !streams.add(stream) || streams.size() > NAMED) {
      return null;
    }
    String more = streams.size() == NAMED ? "; further streams are not named" : "";
    return "overload: patches of stream " + stream + " are shed, the oldest first" + more;
  }

  /** Returns the line to say when an overload is over, else null. */
  String over(long nowNanos) {
    if (shed == 0 || nowNanos - lastNanos < OVER_NANOS) {
      return null;
    }
    String line =
        "overload is over: patches shed: "
            + shed
            + ", of so many streams: "
            + (streams.size() < COUNTED ? "" : "at least ")
            + streams.size();
    streams.clear();
    shed = 0;
    return line;
  }
}
