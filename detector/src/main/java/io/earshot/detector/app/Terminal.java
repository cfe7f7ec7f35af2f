package io.earshot.detector.app;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Standard error where it is a terminal, which the script {@code earshot} finds out. */
final class Terminal {
  private static final boolean PRESENT = Boolean.getBoolean("earshot.terminal");

  private Terminal() {}

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

  private static final class Shown implements Bar {
    private final ProgressBar bar;

    Shown(String task, String unit, long size) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setUnit(unit, size)
              .setInitialMax(0)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void total(long units) {
      bar.maxHint(units);
    }

    @Override
    public void done(long units) {
      bar.stepTo(units);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
