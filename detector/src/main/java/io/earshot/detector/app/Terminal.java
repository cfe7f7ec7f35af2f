package io.earshot.detector.app;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Standard error where it is a terminal, which the script {@code earshot} finds out. */
final class Terminal {
  private static final boolean PRESENT = Boolean.getBoolean("earshot.terminal");

  private Terminal() {}

  /** Makes room for a line of results where a bar may stand; the bar comes back below it. */
  static void clearLine() {
    if (PRESENT) {
      System.err.print("\r\u001B[K");
      System.err.flush();
    }
  }

  /** A progress bar, which is nothing where there is no terminal. Any thread. */
  interface Bar extends AutoCloseable {
    void total(long units);

    void done(long units);

    @Override
    void close();
  }

  /**
   * @param unit what is counted, as shown behind the number
   * @param size how many of the counted make one of that unit
   */
  static Bar bar(String task, String unit, long size) {
    return PRESENT ? new Shown(task, unit, size) : new Silent();
  }

  private static final class Silent implements Bar {
    @Override
    public void total(long units) {}

    @Override
    public void done(long units) {}

    @Override
    public void close() {}
  }

  /** Appears when there is something to count. */
  private static final class Shown implements Bar {
    private final ProgressBarBuilder builder;
    private ProgressBar bar;

    Shown(String task, String unit, long size) {
      builder =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setUnit(unit, size)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .clearDisplayOnFinish();
    }

    @Override
    public synchronized void total(long units) {
      builder.setInitialMax(units);
      if (bar != null) {
        bar.maxHint(units);
      }
    }

    /** What was there at the first call took no time: it is no measure of the rest. */
    @Override
    public synchronized void done(long units) {
      if (bar == null) {
        bar = builder.startsFrom(units, Duration.ZERO).build();
      }
      bar.stepTo(units);
    }

    @Override
    public synchronized void close() {
      if (bar != null) {
        bar.close();
        clearLine();
      }
    }
  }
}
