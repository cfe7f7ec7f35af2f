package io.earshot.detector.segment;

import io.earshot.producer.frame.Frame;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The runs of a task's streams. Those heard moments ago are in memory; the others rest in the
 * stores, at a tenth of the memory, and are rebuilt when they are heard again.
 */
final class StreamRuns {
  private static final Duration REST_AFTER = Duration.ofSeconds(3);

  private final RunResources resources;
  private final SilentStreams awake = new SilentStreams(REST_AFTER);
  private final Map<String, StreamRun> runs = new HashMap<>();

  StreamRuns(RunResources resources) {
    this.resources = resources;
  }

  /** The stream's run, or null. */
  StreamRun get(String stream, long nowMillis) {
    StreamRun run = runs.get(stream);
    if (run == null) {
      run = StreamRun.restore(stream, resources);
      if (run != null) {
        keep(stream, run, nowMillis);
      }
    }
    return run;
  }

  /** A run that begins with {@code first}, which is yet to be added. */
  StreamRun begin(String name, Frame first, StreamOwner owner) {
    return StreamRun.begin(name, first, owner, resources);
  }

  void keep(String stream, StreamRun run, long nowMillis) {
    runs.put(stream, run);
    awake.heard(stream, nowMillis);
  }

  void forget(String stream) {
    runs.remove(stream);
    awake.forget(stream);
  }

  /** Leaves to the stores what was not heard lately. */
  void rest(long nowMillis) {
    awake.take(nowMillis, Integer.MAX_VALUE).forEach(runs::remove);
  }
}
