package io.earshot.producer.spool;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts frames that are lost. The first of each kind is a warning, until all is well again. */
public final class Losses {
  private static final Logger log = LoggerFactory.getLogger(Losses.class);
  private static final Map<Loss, String> WARNINGS =
      Map.of(
          Loss.SPOOL_FULL, "the spool is full: the oldest sound goes, first of stream {}",
          Loss.MEMORY_FULL, "memory is full: the oldest sound goes, first of stream {}",
          Loss.UNREADABLE, "the spool does not give back a frame of stream {}; it is passed over",
          Loss.REFUSED, "Kafka refuses a frame of stream {} for good; it is passed over");

  private final SpoolMetrics metrics;
  private final Map<Loss, Long> lost = new EnumMap<>(Loss.class);

  public Losses(SpoolMetrics metrics) {
    this.metrics = metrics;
  }

  synchronized void add(String stream, Loss reason, int frames) {
    metrics.lost(stream, reason, frames);
    if (lost.merge(reason, (long) frames, Long::sum) == frames) {
      log.warn(WARNINGS.get(reason), stream);
    }
  }

  /** How many frames were lost since this was asked last. */
  synchronized long take() {
    long sum = lost.values().stream().mapToLong(Long::longValue).sum();
    lost.clear();
    return sum;
  }
}
