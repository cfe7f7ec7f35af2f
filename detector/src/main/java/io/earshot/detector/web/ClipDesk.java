package io.earshot.detector.web;

import io.earshot.detector.clip.Clip;
import io.earshot.detector.clip.ClipException;
import io.earshot.detector.clip.Clips;
import io.earshot.detector.clip.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Serves a few questions at once and sends the others away: each reads from Kafka and holds its
 * clip in memory. Keeps the last clips that will not change, as a player asks for one in many
 * ranges. Any thread.
 */
final class ClipDesk {
  /** What was asked for: an event and its clip. */
  record Cut(StoredEvent event, Clip clip) {
    /** Whether later it will be the same. */
    boolean lasts() {
      return event.isOver() && clip.isWhole();
    }
  }

  /** Makes an answer of what it is given. */
  interface Work<T> {
    T run() throws ClipException;
  }

  static final int AT_ONCE = 4;
  private static final int KEPT = 4;

  private final Clips clips;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Map<String, Cut> kept = new LinkedHashMap<>();

  ClipDesk(Clips clips) {
    this.clips = clips;
  }

  StoredEvent event(String id) throws ClipException {
    return clips.event(id);
  }

  Cut cut(String id) throws ClipException {
    Cut known = kept(id);
    if (known != null) {
      return known;
    }
    StoredEvent event = clips.event(id);
    Cut cut = new Cut(event, clips.clip(event));
    if (cut.lasts()) {
      keep(id, cut);
    }
    return cut;
  }

  /**
   * Does the work, if there is a place.
   *
   * @throws Refusal if there is none, or no answer
   */
  <T> T serve(Work<T> work) {
    if (!places.tryAcquire()) {
      throw new Refusal(503, "too many ask for clips at this moment; try again in a second");
    }
    try {
      return work.run();
    } catch (ClipException e) {
      throw new Refusal(status(e.reason()), e.getMessage());
    } finally {
      places.release();
    }
  }

  private static int status(ClipException.Reason reason) {
    return switch (reason) {
      case UNKNOWN_EVENT -> 404;
      case EXPIRED -> 410;
      case UNAVAILABLE -> 503;
    };
  }

  private synchronized Cut kept(String id) {
    return kept.get(id);
  }

  private synchronized void keep(String id, Cut cut) {
    kept.put(id, cut);
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
