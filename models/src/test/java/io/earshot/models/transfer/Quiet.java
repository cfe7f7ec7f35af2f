package io.earshot.models.transfer;

/** Tells nobody. */
final class Quiet implements Listener {
  @Override
  public void begins(String what) {}

  @Override
  public void step(long step, long steps) {}
}
