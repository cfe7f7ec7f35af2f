package io.earshot.models.train;

/** Ends a training once the loss on what is held out has not fallen for some epochs. */
final class EarlyStopping {
  private final int patience;
  private double best = Double.POSITIVE_INFINITY;
  private int worse;

  EarlyStopping(int patience) {
    this.patience = patience;
  }

  /** Takes the loss after an epoch; true if it is the lowest so far. */
  boolean isBest(double loss) {
    boolean improved = loss < best;
    best = Math.min(best, loss);
    worse = improved ? 0 : worse + 1;
    return improved;
  }

  boolean isOver() {
    return worse >= patience;
  }
}
