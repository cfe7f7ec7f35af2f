package io.earshot.producer.metrics;

/**
 * Where metrics are told.
 *
 * @param listen an IP address of this machine, or 0.0.0.0 for all
 * @param port 0 takes a free one
 * @param tries how many ports from there on may be tried while they are taken; at least 1
 */
public record MetricsSettings(String listen, int port, int tries) {
  /** Whether only this machine can reach the address. */
  boolean isLoopback() {
    return listen.startsWith("127.") || listen.equals("::1");
  }

  /** The address as it stands in a URL. */
  String urlHost() {
    return listen.contains(":") ? "[" + listen + "]" : listen;
  }
}
