package io.earshot.detector.segment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Knows which streams have been silent for too long, and nothing of those that it has handed out.
 *
 * <pre>{@code
 * SilentStreams silent = new SilentStreams(Duration.ofSeconds(60));
 * silent.heard("door", nowMillis);
 * List<String> over = silent.take(laterMillis, 500);
 * }</pre>
 *
 * <p>Pure: the time comes in, milliseconds of one clock. Belongs to one thread.
 */
public final class SilentStreams {
  private static final int CAPACITY = 16;
  private static final float LOAD = 0.75f;

  private final long timeoutMillis;

  /** When each stream was heard, the longest silent first. */
  private final Map<String, Long> heard = new LinkedHashMap<>(CAPACITY, LOAD, true);

  public SilentStreams(Duration timeout) {
    this.timeoutMillis = timeout.toMillis();
  }

  /** The stream has been heard. */
  public void heard(String stream, long nowMillis) {
    heard.put(stream, nowMillis);
  }

  /** The stream is there; unless it has been heard meanwhile, its silence begins now. */
  public void there(String stream, long nowMillis) {
    if (!heard.containsKey(stream)) {
      heard.put(stream, nowMillis);
    }
  }

  public void forget(String stream) {
    heard.remove(stream);
  }

  /** Hands out each stream that is waited for. */
  public void forEach(Consumer<String> action) {
    heard.keySet().forEach(action);
  }

  /** Whether there is no stream to wait for. */
  public boolean isEmpty() {
    return heard.isEmpty();
  }

  /** Streams that have been silent for the timeout, the longest silent first; forgets them. */
  public List<String> take(long nowMillis, int most) {
    List<String> silent = new ArrayList<>();
    Iterator<Map.Entry<String, Long>> oldest = heard.entrySet().iterator();
    while (silent.size() < most && oldest.hasNext()) {
      Map.Entry<String, Long> next = oldest.next();
      if (nowMillis - next.getValue() < timeoutMillis) {
        break;
      }
      silent.add(next.getKey());
      oldest.remove();
    }
    return silent;
  }
}
