package io.earshot.detector.web;

import io.earshot.detector.clip.Clip;
import io.earshot.detector.clip.ClipException;
import io.earshot.detector.clip.Clips;
import io.earshot.detector.clip.StoredEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Serves a few questions at once and sends the others away: each reads from Kafka, and its answer
 * holds its clip in memory and a thread until the last byte is sent. Keeps the last clips that will
 * not change, as a player asks for one in many ranges. Any thread.
 */
final class ClipDesk {
  /** What was asked for: an event and its clip. */
  record Cut(StoredEvent event, Clip clip) {
    /** Whether later it will be the same. */
    boolean lasts() {
      return event.isOver() && clip.isWhole();
    }

    /**
     * For how long it is kept. What comes after an event may be on its way, or the stream may have
     * ended with it.
     */
    private long keptNanos() {
      return lasts() ? Long.MAX_VALUE : event.isOver() ? WHILE_PLAYED.toNanos() : 0;
    }
  }

  /** Makes an answer of what it is given. */
  interface Work<T> {
    T run() throws ClipException;
  }

  private record Kept(Cut cut, long sinceNanos) {}

  /** Questions that are worked on. */
  static final int AT_ONCE = 4;

  /** Answers that are on their way, some of them to slow readers: fewer than there are threads. */
  static final int ANSWERS = 8;

  private static final int KEPT = 4;
  private static final Duration WHILE_PLAYED = Duration.ofSeconds(10);

  private final Clips clips;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Semaphore answers = new Semaphore(ANSWERS);
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  ClipDesk(Clips clips, LongSupplier nanoTime) {
    this.clips = clips;
    this.nanoTime = nanoTime;
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
    if (cut.keptNanos() > 0) {
      keep(id, cut);
    }
    return cut;
  }

  /**
   * Lets a question in, if its answer can be sent.
   *
   * @param whenAnswered takes what is to be done when it has been
   * @throws Refusal if too many are on their way
   */
  void admit(Consumer<Runnable> whenAnswered) {
    take(answers);
    whenAnswered.accept(answers::release);
  }

  /**
   * Does the work, if there is a place.
   *
   * @throws Refusal if there is none, or no answer
   */
  <T> T serve(Work<T> work) {
    take(places);
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

  private static void take(Semaphore some) {
    if (!some.tryAcquire()) {
      throw new Refusal(503, "too many ask for clips at this moment; try again in a second");
    }
  }

  private synchronized Cut kept(String id) {
    long now = nanoTime.getAsLong();
    kept.values().removeIf(one -> now - one.sinceNanos >= one.cut.keptNanos());
    Kept found = kept.get(id);
    return found == null ? null : found.cut;
  }

  private synchronized void keep(String id, Cut cut) {
    kept.put(id, new Kept(cut, nanoTime.getAsLong()));
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
