package io.earshot.detector.app;

import io.earshot.models.train.BackboneRun;
import java.io.PrintWriter;

/** The progress of trainings: a bar on a terminal, and what each fold gave. */
final class TrainingBar implements BackboneRun.Listener, AutoCloseable {
  private final PrintWriter err;
  private Terminal.Bar bar = Terminal.bar("", "", 1);

  TrainingBar(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void begins(String what) {
    bar.close();
    err.println("Training " + what + " ...");
    bar = Terminal.bar("Learning", "", 1);
  }

  @Override
  public void step(int step, int steps, double loss) {
    bar.total(steps);
    bar.done(step);
  }

  @Override
  public void says(String text) {
    bar.close();
    err.println(text);
  }

  @Override
  public void close() {
    bar.close();
  }
}
