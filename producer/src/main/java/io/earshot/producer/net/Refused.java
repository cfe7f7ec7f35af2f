package io.earshot.producer.net;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts who was refused where no stream is known; the first of a kind is told. Any thread. */
final class Refused {
  private static final Logger log = LoggerFactory.getLogger(Refused.class);

  private final Map<String, Long> counts = new ConcurrentHashMap<>();

  void count(Refusal refusal) {
    if (counts.merge(refusal.reason(), 1L, Long::sum) == 1) {
      log.warn("HTTP and WebSocket, no stream: refused, {}", refusal.reason());
    }
  }

  Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
