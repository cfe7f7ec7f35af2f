package io.earshot.detector.metrics;

import io.prometheus.client.Gauge;

/**
 * The gauge of one stream, told from when it is first set. What is set after {@link #close} is told
 * no more: a thread that still holds the stream's series cannot bring it back. Any number of
 * threads; a gauge that was set before allocates nothing.
 */
final class LazyGauge {
  private final Gauge family;
  private final String stream;

  /** Null while it is not told. */
  private volatile Gauge.Child gauge;

  private boolean closed;

  LazyGauge(Gauge family, String stream) {
    this.family = family;
    this.stream = stream;
  }

  void set(double value) {
    Gauge.Child known = gauge;
    Gauge.Child told = known == null ? open() : known;
    if (told != null) {
      told.set(value);
    }
  }

  /** Is told no more, until it is set again. */
  synchronized void clear() {
    gauge = null;
    family.remove(stream);
  }

  /** Is told no more. */
  synchronized void close() {
    closed = true;
    clear();
  }

  private synchronized Gauge.Child open() {
    if (gauge == null && !closed) {
      gauge = family.labels(stream);
    }
    return gauge;
  }
}
