package io.earshot.models.transfer;

/** Told what goes on, on the threads that do it. */
public interface Listener {
  /** Something begins; what was going on is over. */
  void begins(String what);

  /** So much of it is done. */
  void step(long step, long steps);
}
