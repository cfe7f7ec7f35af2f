package io.earshot.detector.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/**
 * {@code POST /api/session}: gives a browser that has shown the token a cookie that stands for it,
 * so that pages, pictures and sound need not have it in their addresses.
 */
final class SessionRoutes implements Routes {
  private static final long DAYS_SECONDS = 30L * 24 * 3600;

  private final Guard guard;

  SessionRoutes(Guard guard) {
    this.guard = guard;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/session", this::begin);
  }

  private void begin(Context context) {
    if (guard.hasToken()) {
      // Written out: servlet cookies have no SameSite of their own.
      context.header(
          "Set-Cookie",
          "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict"
              .formatted(Guard.cookieName(context.port()), guard.cookie(), DAYS_SECONDS));
    }
    context.status(204);
  }
}
