package io.earshot.detector.app;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says what could not be heard, a line each, and remembers that there was something. */
class Complaints implements Feeder.Listener {
  private final PrintWriter err;
  private final AtomicBoolean any = new AtomicBoolean();

  Complaints(PrintWriter err) {
    this.err = err;
  }

  void add(String problem) {
    any.set(true);
    err.println("earshot: " + problem);
  }

  @Override
  public void failed(Recording recording, String problem) {
    add(problem);
  }

  /** The exit status of work of which some may not have been done. */
  int status() {
    return any.get() ? UserException.FAILED : 0;
  }
}
