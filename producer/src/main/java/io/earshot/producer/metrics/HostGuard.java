package io.earshot.producer.metrics;

import java.util.Locale;
import java.util.Set;

/**
 * By which name a loopback address may be asked: any web page could else have its own name point
 * here and read what is told (DNS rebinding). Beyond loopback every name is fine. Pure.
 */
final class HostGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;
  private final String listen;

  HostGuard(MetricsSettings settings) {
    loopback = settings.isLoopback();
    listen = settings.urlHost();
  }

  /**
   * Whether a request may be answered.
   *
   * @param host the header {@code Host}; may be null
   */
  boolean admits(String host) {
    String name = host == null ? "" : host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    return !loopback || LOOPBACK.contains(name) || name.equals(listen);
  }
}
