package io.earshot.models.transfer;

/** Told what goes on, on the threads that do it. */
public interface Listener {
  /**
   * Something begins.
   *
   * @param total of the units that {@link #done} counts
   */
  void begins(String what, long total);

  /** So many units of it are done. */
  void done(long units);
}
