package io.earshot.detector.web;

import io.javalin.config.RoutesConfig;

/** Some addresses of the server, and who answers at them. */
public interface Routes {
  /** Adds them, before the server starts. */
  void addTo(RoutesConfig routes);
}
