package io.earshot.detector.alert;

import java.util.concurrent.CompletableFuture;

/** Where a subscription's alerts go. Called by the subscription's thread. */
interface Target extends AutoCloseable {
  /** Sends one alert; completes, never with an exception, after a bounded time. */
  CompletableFuture<Outcome> send(Alert alert);

  /** Called again and again while there is nothing to send. */
  default void idle() {}

  /** Others deliver from now on: what was told so far is theirs to repeat, or to overtake. */
  default void forget() {}

  /** Returns after a bounded time. */
  @Override
  default void close() {}
}
