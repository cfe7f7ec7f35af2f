package io.earshot.models.train;

/** Told how far a training is, on the training thread. */
@FunctionalInterface
public interface TrainingProgress {

  /** Tells nobody. */
  TrainingProgress NONE = (step, steps, loss) -> {};

  /** A batch was learnt. */
  void step(int step, int steps, double loss);
}
