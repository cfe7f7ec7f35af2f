package io.earshot.detector.live;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all viewers the levels ten times a second, and each second that it is alive. */
final class Ticker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ticker.class);
  private static final int TICK_MILLIS = 100;
  private static final int ALIVE_TICKS = 10;

  private record Told(String time, Map<String, double[]> levels) {}

  private final Levels levels;
  private final Audience audience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "earshot-levels");
            thread.setDaemon(true);
            return thread;
          });
  private ScheduledFuture<?> ticks;

  /** Only the clock's thread. */
  private int count;

  Ticker(Levels levels, Audience audience) {
    this.levels = levels;
    this.audience = audience;
  }

  /** Runs if somebody watches. Any thread. */
  synchronized void wake() {
    if (ticks == null && !audience.isEmpty()) {
      ticks =
          clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    } else if (ticks != null && audience.isEmpty()) {
      ticks.cancel(false);
      ticks = null;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void tick() {
    try {
      Map<String, double[]> now = levels.take();
      if (!now.isEmpty()) {
        audience.tellAll(Message.of("levels", new Told(Hello.now(), now)));
      }
      if (++count % ALIVE_TICKS == 0) {
        audience.tellAll(Message.ALIVE);
      }
    } catch (RuntimeException e) {
      // It would not be called again.
      log.warn("levels could not be told: {}", e.toString());
      log.debug("they could not be told", e);
    }
  }
}
