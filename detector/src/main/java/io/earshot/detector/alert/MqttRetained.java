package io.earshot.detector.alert;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * What the broker is to keep, by topic; one that is new or has lost it is told again.
 *
 * <p>Any thread may call. Of one topic nothing old is published after something new.
 */
final class MqttRetained {
  private static final int MOST = 20_000;

  /** So many are on their way at once when all is repeated: the alerts' own want some room. */
  private static final int AT_ONCE = 8;

  private final Map<String, MqttMessage> kept = new LinkedHashMap<>();

  synchronized boolean holds(String topic) {
    return kept.containsKey(topic);
  }

  /** Remembers it, unless the broker will never take it, and publishes it. */
  synchronized CompletableFuture<Void> publish(MqttLink link, MqttMessage message) {
    if (kept.size() < MOST || kept.containsKey(message.topic())) {
      kept.put(message.topic(), message);
    }
    return MqttRefused.publish(link, message)
        .whenComplete(
            (sent, failure) -> {
              if (MqttRefused.isIn(failure)) {
                remove(message);
              }
            });
  }

  private synchronized void remove(MqttMessage message) {
    kept.remove(message.topic(), message);
  }

  /** Forgets all: from now on it is others who know. */
  synchronized void forget() {
    kept.clear();
  }

  /** Begins to tell all of it again, until it is told or the connection is gone. */
  void repeat(MqttLink link) {
    Queue<String> topics = topics();
    for (int i = 0; i < AT_ONCE; i++) {
      next(link, topics);
    }
  }

  private synchronized Queue<String> topics() {
    return new ArrayDeque<>(kept.keySet());
  }

  /** What is kept by now: it may be newer than when the repetition began, or forgotten. */
  private synchronized void next(MqttLink link, Queue<String> topics) {
    MqttMessage message = null;
    while (message == null && !topics.isEmpty()) {
      message = kept.get(topics.remove());
    }
    if (message != null) {
      // On another thread: the client's own must not wait, nor may one call hold all the others.
      var unused =
          publish(link, message)
              .whenCompleteAsync(
                  (sent, failure) -> {
                    if (failure == null || MqttRefused.isIn(failure)) {
                      next(link, topics);
                    }
                  });
    }
  }
}
