package io.earshot.detector.app;

import io.earshot.models.transfer.Listener;

/** One progress bar after the other. Any thread. */
final class TaskBar implements Listener, AutoCloseable {
  private Terminal.Bar bar = Terminal.bar("", "", 1);

  @Override
  public synchronized void begins(String what) {
    bar.close();
    bar = Terminal.bar(what, "", 1);
  }

  @Override
  public synchronized void step(long step, long steps) {
    bar.total(steps);
    bar.done(step);
  }

  @Override
  public synchronized void close() {
    bar.close();
  }
}
