package io.earshot.detector.web;

import io.javalin.config.RoutesConfig;
import java.util.Set;

/** Some addresses of the server, and who answers at them. */
public interface Routes {
  /** Adds them, before the server starts. */
  void addTo(RoutesConfig routes);

  /** Those of its addresses, as they stand in a request, at which anybody may ask: no token. */
  default Set<String> open() {
    return Set.of();
  }

  /** Ends answers that go on for ever. */
  default void beforeStop() {}
}
